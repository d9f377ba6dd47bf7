import { addConfiguration } from "../control/app-changes";
import { isAssetScope, SCOPES } from "../login/scopes";
import { connectConfiguration } from "../options";
import type { App } from "../world/types";
import { dashboardPage, sectionUrl } from "./dashboard-page";
import { card, linesField, postButton, rows, select, textField, tick } from "./parts";
import { attempt, doneWords, inputOf, type Visit, type Visited } from "./visit";

const WORDS: Record<string, string> = {
  saved: "Saved.",
  configured: "The configuration was saved.",
  removed: "The configuration was removed.",
};

/** Where the dialog may send people back, where the SDK may run, and saved configurations. */
export async function dashboardLogin(visit: Visit, app: App): Promise<Visited> {
  const { emulator, form } = visit;
  const here = sectionUrl(app, "login");
  const lines = (name: string) => (form.get(name) ?? "").split(/\s+/).filter(Boolean);
  if (form.get("action") === "save") {
    app.redirectUris = lines("redirectUris");
    app.sdkDomains = lines("sdkDomains");
    emulator.changed();
    return { to: here, done: "saved" };
  }
  if (form.get("action") === "remove") {
    app.configurations = app.configurations.filter((one) => one.id !== form.get("configuration"));
    emulator.changed();
    return { to: here, done: "removed" };
  }
  if (form.get("action") === "configure") {
    const given = { name: form.get("name"), tokenType: form.get("tokenType"), scopes: form.getAll("scope") };
    const problem = await attempt(() => addConfiguration(emulator, app, inputOf(given)));
    if (!problem) return { to: here, done: "configured" };
    return dashboardPage(emulator, app, "login", content(app), { words: problem, problem: true });
  }
  return dashboardPage(emulator, app, "login", content(app), doneWords(visit, WORDS));
}

function content(app: App): string {
  const settings = `<form method="post"><input type="hidden" name="action" value="save">
${linesField("redirectUris", "Valid OAuth redirect URIs", app.redirectUris, "One in a line, compared letter by letter.")}
${linesField("sdkDomains", "Allowed domains for the JavaScript SDK", app.sdkDomains, "Those of the redirect URIs are allowed already.")}
<button class="primary">Save changes</button></form>`;
  const saved = rows(
    "Configurations",
    app.configurations.map((one) => ({
      title: `${one.name} · ${one.id}`,
      small: `${one.tokenType === "user" ? "User" : "System-user"} access token · ${one.scopes.join(", ")}`,
      after: postButton(
        { label: "Remove", name: `Remove configuration ${one.name}`, kind: "danger" },
        { action: "remove", configuration: one.id },
      ),
    })),
  );
  const usual = connectConfiguration("").scopes;
  const scopes = Object.keys(SCOPES)
    .filter((scope) => isAssetScope(scope) || scope === "public_profile" || scope === "email")
    .map((scope) => tick("scope", scope, scope, usual.includes(scope)));
  const create = `<form method="post"><input type="hidden" name="action" value="configure">
${textField("name", "Configuration name", "Instagram messages")}
${select("tokenType", "Access token", [
  { value: "user", label: "User access token" },
  { value: "system_user", label: "System-user access token" },
])}<div class="fields">${scopes.join("")}</div><button class="primary">Create configuration</button></form>`;
  return `${card("Facebook Login settings", "", settings)}${card("Configurations", "Facebook Login for Business: people grant all of a configuration's permissions or none.", app.configurations.length > 0 ? saved : "<p>None yet.</p>")}${card("A new configuration", "", create)}`;
}
