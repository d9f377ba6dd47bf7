import { appAction, resetSecret } from "../control/app-changes";
import { escapeHtml } from "../login/html";
import type { App } from "../world/types";
import { dashboardPage, sectionUrl } from "./dashboard-page";
import { card, postButton, textField, tick } from "./parts";
import { attempt, doneWords, inputOf, type Visit, type Visited } from "./visit";

const WORDS: Record<string, string> = {
  created: "The app was created.",
  saved: "Saved.",
  live: "The app is live: everybody can use it.",
  development: "The app is in development: only people with a role can use it.",
};

/** Id, secret, name, mode and the addresses Facebook calls. */
export async function dashboardSettings(visit: Visit, app: App): Promise<Visited> {
  const { emulator, form } = visit;
  const here = sectionUrl(app, "settings");
  const action = form.get("action");
  if (action === "mode") {
    app.mode = app.mode === "live" ? "development" : "live";
    emulator.changed();
    return { to: here, done: app.mode };
  }
  if (action === "save") {
    const changes = {
      name: form.get("name"),
      deauthorizeUrl: form.get("deauthorizeUrl"),
      dataDeletionUrl: form.get("dataDeletionUrl"),
      requireProof: form.has("requireProof"),
    };
    const problem = await attempt(() => appAction(emulator, app.id, "", inputOf(changes)));
    if (!problem) return { to: here, done: "saved" };
    return dashboardPage(emulator, app, "settings", content(app, null), { words: problem, problem: true });
  }
  if (action === "reset") {
    resetSecret(emulator, app);
    const words = "The secret was reset. The old one and every token made under it are refused from now on.";
    return dashboardPage(emulator, app, "settings", content(app, app.secret), { words });
  }
  const secret = action === "show" ? app.secret : null;
  return dashboardPage(emulator, app, "settings", content(app, secret), doneWords(visit, WORDS));
}

function content(app: App, secret: string | null): string {
  const shown =
    secret === null ? `<span aria-label="Hidden">••••••••••••••••</span>` : `<code>${escapeHtml(secret)}</code>`;
  const keys = `<dl><dt>App ID</dt><dd><code>${escapeHtml(app.id)}</code></dd><dt>App secret</dt><dd>${shown}</dd></dl>
<div class="actions" style="margin-top:6px">${postButton({ label: "Show secret" }, { action: "show" })}${postButton({ label: "Reset secret", kind: "danger" }, { action: "reset" })}</div>`;
  const mode =
    app.mode === "live"
      ? "Live: everybody can log in, and the app hears of everybody's messages."
      : "In development: only people with a role can log in, and the app hears of its testers' messages alone.";
  const settings = `<form method="post"><input type="hidden" name="action" value="save">
${textField("name", "Display name", app.name)}
${textField("deauthorizeUrl", "Deauthorize callback URL", app.deauthorizeUrl ?? "", "Gets a signed request when a person removes the app.")}
${textField("dataDeletionUrl", "Data deletion request URL", app.dataDeletionUrl ?? "", "Gets a signed request, answers with an address and a confirmation code.")}
${tick("requireProof", "1", "Require app secret", app.requireProof, "Calls from servers need appsecret_proof.")}
<button class="primary">Save changes</button></form>`;
  return `${card("Keys", "", keys)}${card("App mode", mode, postButton({ label: app.mode === "live" ? "Switch to development" : "Go live" }, { action: "mode" }))}${card("Settings", "", settings)}`;
}
