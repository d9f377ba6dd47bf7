import { facebookPage } from "./html";

/** The last page of the pop-up: tells the page that opened it, and closes. */
export function sdkAnswerPage(origin: string, cb: string, params: Record<string, string>): string {
  const message = JSON.stringify({ cb, params, origin }).replaceAll("<", "\\u003c");
  return facebookPage(
    "Logging in",
    `<h1>One moment</h1><p id="words">This window closes by itself.</p>
<script>const { cb, params, origin } = ${message};
if (window.opener) { window.opener.postMessage({ facebook: cb, params }, origin); window.close(); }
else document.getElementById("words").textContent = "The page that opened this window cannot be reached. Close it and try again.";</script>`,
  );
}
