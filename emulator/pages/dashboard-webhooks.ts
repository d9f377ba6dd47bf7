import { appAction } from "../control/app-changes";
import { testButton } from "../control/test-button";
import { INSTAGRAM_FIELDS } from "../graph/app-subscriptions";
import { isObject } from "../http";
import { INSTAGRAM_MESSAGING_FIELDS } from "../world/register-app";
import type { App } from "../world/types";
import { dashboardPage, sectionUrl } from "./dashboard-page";
import { card, postButton, rows, state, textField, tick } from "./parts";
import { attempt, doneWords, inputOf, type Visit, type Visited } from "./visit";

const WORDS: Record<string, string> = {
  saved: "The callback answered the challenge. The subscription was saved.",
  removed: "The subscription was removed.",
};
const TESTED = [
  "messages",
  "message_reactions",
  "messaging_postbacks",
  "messaging_seen",
  "messaging_referral",
  "message_edit",
];

/** The app's subscription of object `instagram`: asked for the challenge on every save, tried with "Test". */
export async function dashboardWebhooks(visit: Visit, app: App): Promise<Visited> {
  const { emulator, form } = visit;
  const here = sectionUrl(app, "webhooks");
  const show = (words: string, problem: boolean) =>
    dashboardPage(emulator, app, "webhooks", content(app, form), { words, problem });
  const action = form.get("action");
  if (action === "remove") {
    await appAction(emulator, app.id, "webhook", inputOf({ url: null }));
    return { to: here, done: "removed" };
  }
  if (action === "save") {
    const given = { url: form.get("url"), verifyToken: form.get("verifyToken"), fields: form.getAll("field") };
    let reason: string | null = null;
    const refused = await attempt(async () => {
      const answer = await appAction(emulator, app.id, "webhook", inputOf(given));
      if (isObject(answer) && typeof answer.reason === "string") reason = answer.reason;
    });
    const problem = refused ?? reason;
    if (!problem) return { to: here, done: "saved" };
    return show(`The callback URL or verify token couldn't be validated. ${problem}`, true);
  }
  if (action === "test") {
    const field = form.get("field") ?? "";
    let words = "";
    const problem = await attempt(async () => {
      const { status, error } = await testButton(emulator, inputOf({ appId: app.id, field }));
      words = `The sample of "${field}" was sent; the callback answered ${status ?? error}.`;
    });
    return show(problem ?? words, problem !== null);
  }
  return dashboardPage(emulator, app, "webhooks", content(app, null), doneWords(visit, WORDS));
}

function content(app: App, given: URLSearchParams | null): string {
  const { webhook } = app;
  const retry = given?.get("action") === "save" ? given : null;
  const chosen = retry?.getAll("field") ?? webhook?.fields ?? INSTAGRAM_MESSAGING_FIELDS;
  const form = `<p>${webhook ? state(webhook.verified ? "Verified" : "Not verified yet", webhook.verified) : state("No subscription", false)}</p>
<form method="post"><input type="hidden" name="action" value="save">
${textField("url", "Callback URL", retry?.get("url") ?? webhook?.url ?? "")}
${textField("verifyToken", "Verify token", retry?.get("verifyToken") ?? webhook?.verifyToken ?? "")}
<div class="fields">${INSTAGRAM_FIELDS.map((field) => tick("field", field, field, chosen.includes(field))).join("")}</div>
<button class="primary">Verify and save</button></form>${webhook ? `<div class="actions">${postButton({ label: "Remove subscription", kind: "danger" }, { action: "remove" })}</div>` : ""}`;
  const tests = rows(
    "Samples",
    TESTED.map((field) => ({
      title: field,
      after: postButton({ label: "Test", name: `Test ${field}` }, { action: "test", field }),
    })),
  );
  return `${card("Subscription of Instagram", "Facebook asks the callback for a challenge before anything is saved.", form)}${webhook ? card("Send a sample", "As the callback would get it, about nobody.", tests) : ""}`;
}
