import type { Emulator } from "../emulator";
import { grantOf } from "../graph/access";
import { callBack } from "../login/call-back";
import { planConsent, readTicked, rememberConsent } from "../login/consent";
import { assetLists, scopeList } from "../login/dialog-pages";
import { escapeHtml } from "../login/html";
import { removeApp } from "../login/remove-app";
import type { App, Person } from "../world/types";
import { card, postButton, rows } from "./parts";
import { doneWords, type Visit, type Visited } from "./visit";

const PLACE = "/facebook/business-integrations";
const WORDS: Record<string, string> = {
  saved: "Saved.",
  removed: "The app was removed.",
  gone: "The app was removed already.",
};

/** Facebook's settings page on which a person changes or removes what apps may do, and asks for their data's deletion. */
export async function businessIntegrations(visit: Visit): Promise<Visited> {
  const { emulator, person, form } = visit;
  if (form.has("decision")) return change(visit);
  const grants = emulator.world.grants.filter((grant) => grant.personId === person.id);
  const sections = grants.map((grant) => {
    const app = emulator.app(grant.appId);
    const plan = app && editPlan(emulator, app, person);
    if (!app || !plan) return "";
    return `<section class="card" aria-label="${escapeHtml(app.name)}"><h2>${escapeHtml(app.name)}</h2>
<form method="post" action="${PLACE}"><input type="hidden" name="app" value="${escapeHtml(app.id)}">
${assetLists(emulator, plan)}${scopeList(plan.scopes)}
<div class="actions"><button class="primary" name="decision" value="save">Save</button><button class="danger" name="decision" value="remove">Remove</button></div></form></section>`;
  });
  return {
    title: "Business integrations",
    place: PLACE,
    notice: doneWords(visit, WORDS),
    content: `<p class="soft">Apps to which ${escapeHtml(person.name)} gave access.</p>${sections.join("") || card("No apps", "No app has access.", "")}${removedCard(visit)}`,
  };
}

async function change({ emulator, person, form }: Visit): Promise<Visited> {
  const app = emulator.app(form.get("app"));
  if (app && form.get("decision") === "delete") {
    if (app.dataDeletionUrl) await callBack(emulator, app, "data_deletion", app.dataDeletionUrl, person.id);
    return { to: PLACE, done: "" };
  }
  if (!app || !grantOf(emulator, person.id, app.id)) return { to: PLACE, done: "gone" };
  if (form.get("decision") === "remove") {
    removeApp(emulator, person.id, app.id);
    return { to: PLACE, done: "removed" };
  }
  const plan = editPlan(emulator, app, person);
  if (plan) rememberConsent(emulator, app.id, person, plan, form.getAll("scope"), readTicked(form));
  return { to: PLACE, done: "saved" };
}

function editPlan(emulator: Emulator, app: App, person: Person) {
  return planConsent(emulator, { appId: app.id, scopes: [], rerequest: false }, person, true);
}

function removedCard({ emulator, person }: Visit): string {
  const removed = emulator.world.removed.filter((one) => one.personId === person.id);
  if (removed.length === 0) return "";
  const items = removed.flatMap(({ appId }) => {
    const app = emulator.app(appId);
    if (!app) return [];
    const asked = emulator.callbacks
      .after(0)
      .findLast((one) => one.kind === "data_deletion" && one.appId === appId && one.personId === person.id);
    const receipt = asked?.receipt;
    const status = receipt ? `<a href="${escapeHtml(receipt.url)}">Status of the request</a>` : "";
    const button = app.dataDeletionUrl
      ? postButton(
          { label: asked ? "Ask again" : "Ask to delete my data", name: `Ask ${app.name} to delete my data` },
          { decision: "delete", app: app.id },
          PLACE,
        )
      : "";
    const small = receipt
      ? `Confirmation code ${receipt.confirmationCode}`
      : (asked?.problem ??
        (app.dataDeletionUrl ? "It may still hold data of you." : "The app names no way to ask for deletion."));
    return { title: app.name, small, after: `${status}${button}` };
  });
  return card("Removed apps", "", rows("Removed apps", items));
}
