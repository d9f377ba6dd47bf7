import type { Emulator } from "../emulator";
import { grantOf } from "../graph/access";
import { type Call, sendHtml } from "../http";
import type { Grant } from "../world/access-types";
import type { App, Person } from "../world/types";
import { planConsent, readTicked, rememberConsent } from "./consent";
import { assetLists, choosePersonPage, errorPage, scopeList } from "./dialog-pages";
import { escapeHtml, facebookPage } from "./html";
import { currentPerson, personCookie } from "./person-cookie";
import { removeApp } from "./remove-app";

const PATH = "/facebook/business-integrations";

/** Facebook's settings page on which a person changes or removes what apps may do. */
export function businessIntegrations(emulator: Emulator, call: Call) {
  const form = new URLSearchParams(call.method === "POST" ? call.body.toString("utf8") : "");
  if (form.get("step") === "person") {
    const chosen = emulator.index.people.get(form.get("person") ?? "");
    if (!chosen) return sendHtml(call.res, 400, errorPage("Nobody chosen", "There is no such person."));
    return back(call, "", personCookie(chosen.id));
  }
  const person = currentPerson(emulator, call);
  if (!person || call.url.searchParams.has("switch")) {
    return sendHtml(call.res, 200, choosePersonPage(emulator, "Business integrations", person));
  }
  if (call.method === "POST") return change(emulator, call, person, form);
  const grants = emulator.world.grants.filter((grant) => grant.personId === person.id);
  sendHtml(call.res, 200, listPage(emulator, person, grants, call.url.searchParams.get("done")));
}

function change(emulator: Emulator, call: Call, person: Person, form: URLSearchParams) {
  const app = emulator.app(form.get("app"));
  const grant = app && grantOf(emulator, person.id, app.id);
  if (!app || !grant) return back(call, "gone");
  if (form.get("decision") === "remove") {
    removeApp(emulator, person.id, app.id);
    return back(call, "removed");
  }
  const plan = editPlan(emulator, app, person);
  if (plan) rememberConsent(emulator, app.id, person, plan, form.getAll("scope"), readTicked(form));
  back(call, "saved");
}

function editPlan(emulator: Emulator, app: App, person: Person) {
  return planConsent(emulator, { appId: app.id, scopes: [], rerequest: false }, person, true);
}

function listPage(emulator: Emulator, person: Person, grants: Grant[], done: string | null): string {
  const notices: Record<string, string> = {
    saved: "Saved.",
    removed: "The app was removed.",
    gone: "The app was removed already.",
  };
  const notice = done && notices[done] ? `<p class="notice" role="status">${notices[done]}</p>` : "";
  const sections = grants.map((grant) => {
    const app = emulator.app(grant.appId);
    const plan = app && editPlan(emulator, app, person);
    if (!app || !plan) return "";
    return `<section aria-label="${escapeHtml(app.name)}"><h2>${escapeHtml(app.name)}</h2>
<form method="post" action="${PATH}"><input type="hidden" name="app" value="${escapeHtml(app.id)}">
${assetLists(emulator, plan)}${scopeList(plan.scopes)}
<div class="actions"><button class="primary" name="decision" value="save">Save</button><button name="decision" value="remove">Remove</button></div></form></section>`;
  });
  return facebookPage(
    "Business integrations",
    `<h1>Business integrations</h1><p class="soft">Apps to which ${escapeHtml(person.name)} gave access. <a href="${PATH}?switch=1">Somebody else?</a></p>
${notice}${sections.join("") || "<p>No app has access.</p>"}`,
  );
}

function back(call: Call, done: string, cookie?: string): void {
  call.res.writeHead(303, {
    location: done ? `${PATH}?done=${done}` : PATH,
    "cache-control": "no-store",
    ...(cookie ? { "set-cookie": cookie } : {}),
  });
  call.res.end();
}
