import type { App } from "../world/types";
import { dashboardPage, sectionUrl } from "./dashboard-page";
import { card, postButton, state } from "./parts";
import { doneWords, type Visit, type Visited } from "./visit";

const WORDS: Record<string, string> = { human: "Saved.", restrict: "Saved." };

/** What Meta decides: the human agent feature, and whether the app may run at all. */
export function dashboardReview(visit: Visit, app: App): Visited {
  const { emulator, form } = visit;
  const action = form.get("action") ?? "";
  if (action in WORDS) {
    if (action === "human") app.humanAgent = !app.humanAgent;
    else app.restricted = !app.restricted;
    emulator.changed();
    return { to: sectionUrl(app, "review"), done: action };
  }
  const human = card(
    "Human agent",
    "Lets people answer until seven days after the customer's last message.",
    `<p>${state(app.humanAgent ? "Approved" : "Not approved", app.humanAgent)}</p>${postButton({ label: app.humanAgent ? "Take approval away" : "Approve" }, { action: "human" })}`,
  );
  const restrict = card(
    "Restriction",
    "Meta can block an app: no call is answered, nobody can log in.",
    `<p>${state(app.restricted ? "Restricted" : "Not restricted", !app.restricted)}</p>${postButton({ label: app.restricted ? "Lift the restriction" : "Restrict the app", kind: app.restricted ? undefined : "danger" }, { action: "restrict" })}`,
  );
  const words = "Every permission counts as approved with advanced access.";
  return dashboardPage(
    emulator,
    app,
    "review",
    `<p class="soft">${words}</p>${human}${restrict}`,
    doneWords(visit, WORDS),
  );
}
