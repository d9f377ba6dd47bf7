import type { Emulator } from "../emulator";
import { grantOf } from "../graph/access";
import { Refusal } from "../http";
import type { Input } from "../input";
import { removeApp } from "../login/remove-app";
import type { Grant } from "../world/access-types";
import type { App, Person } from "../world/types";
import { accountOf } from "./add-fault";

export function people(emulator: Emulator) {
  return { people: emulator.world.people };
}

export function pages(emulator: Emulator) {
  return {
    businesses: emulator.world.portfolios,
    pages: emulator.world.pages.map((page) => ({
      ...page,
      username: emulator.index.businesses.get(page.igId ?? "")?.username ?? null,
    })),
  };
}

export function grants(emulator: Emulator) {
  return {
    grants: emulator.world.grants.map((grant) => ({
      ...grant,
      person: emulator.index.people.get(grant.personId)?.name,
    })),
  };
}

export function changeGrant(emulator: Emulator, input: Input) {
  const person = thePerson(emulator, input);
  const app = theApp(emulator, input);
  if (input.flag("remove", false)) {
    removeApp(emulator, person.id, app.id);
    return grants(emulator);
  }
  const grant = grantOf(emulator, person.id, app.id) ?? newGrant(emulator, person, app);
  for (const scope of input.texts("revoke") ?? []) move(grant, scope, "declined");
  for (const scope of input.texts("grant") ?? []) move(grant, scope, "granted");
  if (input.raw.pages === "all") grant.pages = "all";
  else if (input.has("pages")) grant.pages = input.texts("pages");
  if (input.raw.businesses === "all") grant.businesses = "all";
  else if (input.has("businesses")) grant.businesses = input.texts("businesses");
  else if (grant.granted.includes("business_management")) grant.businesses ??= "all";
  emulator.changed();
  return grants(emulator);
}

function newGrant(emulator: Emulator, person: Person, app: App): Grant {
  const grant: Grant = {
    personId: person.id,
    appId: app.id,
    granted: ["public_profile"],
    declined: [],
    pages: null,
    businesses: null,
  };
  emulator.world.grants.push(grant);
  return grant;
}

function move(grant: Grant, scope: string, to: "granted" | "declined"): void {
  grant.granted = grant.granted.filter((one) => one !== scope);
  grant.declined = grant.declined.filter((one) => one !== scope);
  grant[to].push(scope);
}

export function changeRole(emulator: Emulator, input: Input) {
  const person = thePerson(emulator, input);
  const page = emulator.index.pages.get(input.text("pageId"));
  if (!page) throw new Refusal(404, "There is no such Page.");
  page.roles = page.roles.filter((role) => role.personId !== person.id);
  const tasks = input.texts("tasks");
  if (tasks) page.roles.push({ personId: person.id, tasks });
  emulator.changed();
  return { page };
}

export function changePage(emulator: Emulator, id: string, input: Input) {
  const page = emulator.index.pages.get(id);
  if (!page) throw new Refusal(404, "There is no such Page.");
  const before = page.igId;
  if (input.has("igId")) {
    const igId = input.textOr("igId");
    if (igId && !emulator.index.businesses.has(igId)) throw new Refusal(404, "There is no such account.");
    // an account stands on one Page at a time
    for (const other of emulator.world.pages) if (igId && other.igId === igId) other.igId = null;
    page.igId = igId;
  }
  page.name = input.textOr("name") ?? page.name;
  for (const igId of [before, page.igId]) if (igId) emulator.stream.businessChanged(igId);
  emulator.changed();
  return { page };
}

/** What its owner changes in the Instagram app: who may read its messages, and whether it is a professional account. */
export function changeAccount(emulator: Emulator, name: string, input: Input) {
  const business = emulator.index.businesses.get(accountOf(emulator, name) ?? "");
  if (!business) throw new Refusal(404, "There is no such account.");
  business.allowMessages = input.flag("allowMessages", business.allowMessages);
  business.professional = input.flag("professional", business.professional);
  if (input.has("routedTo")) business.routedTo = input.textOr("routedTo");
  emulator.stream.businessChanged(business.igId);
  emulator.changed();
  const { igId, username, allowMessages, professional, routedTo } = business;
  return { account: { igId, username, allowMessages, professional, routedTo } };
}

export function setSubscription(emulator: Emulator, input: Input) {
  const app = theApp(emulator, input);
  const pageId = input.text("pageId");
  const fields = input.texts("fields");
  const { world } = emulator;
  world.subscriptions = world.subscriptions.filter((one) => one.appId !== app.id || one.pageId !== pageId);
  if (fields) world.subscriptions.push({ appId: app.id, pageId, fields });
  const igId = emulator.index.pages.get(pageId)?.igId;
  if (igId) emulator.stream.businessChanged(igId);
  emulator.changed();
  return { subscriptions: world.subscriptions };
}

export function thePerson(emulator: Emulator, input: Input): Person {
  const name = input.text("person");
  const person = emulator.index.personByName(name);
  if (!person) throw new Refusal(404, `There is no person "${name}".`);
  return person;
}

/** The app that is named, or the first one. */
export function theApp(emulator: Emulator, input: Input): App {
  const id = input.textOr("appId");
  const app = id ? emulator.app(id) : emulator.world.apps[0];
  if (!app) throw new Refusal(404, "There is no such app.");
  return app;
}
