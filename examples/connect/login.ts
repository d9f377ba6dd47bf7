import { redirect, sendPage } from "./answer";
import { FacebookError } from "./facebook";
import { welcomePage } from "./pages";
import { type ProblemName, problemOf } from "./problems";
import { readForm } from "./request";
import { keepLogin, newState, takeState } from "./sessions";
import type { Site, Visit } from "./site";

export async function welcome({ settings }: Site, { response, url, session }: Visit): Promise<void> {
  if (session.account) return redirect(response, "/inbox");
  const { siteName, facebook } = settings;
  const problem = problemOf(url.searchParams.get("problem"));
  sendPage(response, 200, welcomePage({ siteName, problem, state: newState(session), facebook }));
}

/** The way without a pop-up: the browser goes to Facebook and comes back to `/login/answer`. */
export async function beginLogin({ settings, facebook }: Site, { request, response, session }: Visit): Promise<void> {
  const form = await readForm(request, settings.siteUrl);
  redirect(response, facebook.dialogUrl({ state: newState(session), again: form.has("again") }));
}

export async function answerLogin(site: Site, visit: Visit): Promise<void> {
  const { response, url, session } = visit;
  const { searchParams } = url;
  if (!takeState(session, searchParams.get("state"))) return redirect(response, goTo("stale"));
  const code = searchParams.get("code");
  if (code === null) return redirect(response, goTo("declined"));
  redirect(response, await settle(site, visit, () => site.facebook.tokenOfCode(code)));
}

/** The way with Facebook's script: our page posts the token that it got, once, in a body. */
export async function answerPopUp(site: Site, visit: Visit): Promise<void> {
  const { request, response, session } = visit;
  const form = await readForm(request, site.settings.siteUrl);
  const token = form.get("token") ?? "";
  const to = takeState(session, form.get("state")) ? await settle(site, visit, async () => token) : goTo("stale");
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ goTo: to }));
}

/** Turns the login into what the choice needs. @returns where the person goes on */
async function settle({ facebook }: Site, { renew }: Visit, tokenOf: () => Promise<string>): Promise<string> {
  try {
    // A token that came through a browser is worth nothing until Facebook has exchanged it for our app.
    const userToken = await facebook.prolonged(await tokenOf());
    const login = { userToken, ...(await facebook.person(userToken)) };
    keepLogin(renew(), login);
    return "/accounts";
  } catch (error) {
    console.error(error instanceof Error ? error.message : "The login failed.");
    return goTo(error instanceof FacebookError ? "refused" : "unavailable");
  }
}

function goTo(problem: ProblemName): string {
  return `/?problem=${problem}`;
}
