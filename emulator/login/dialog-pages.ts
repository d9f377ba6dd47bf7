import { mediaUrl } from "../cdn/media-url";
import type { Emulator } from "../emulator";
import { digits } from "../ids";
import { logoOf } from "../world/create-app";
import type { App, Page, Person } from "../world/types";
import type { ConsentPlan } from "./consent";
import { checkList, escapeHtml, facebookPage, personButton } from "./html";
import { SCOPES } from "./scopes";

export function personPicture(emulator: Emulator, person: Person): string {
  return mediaUrl(emulator, digits(`avatar:${person.id}`, 16));
}

export function errorPage(title: string, words: string): string {
  return facebookPage(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(words)}</p>`);
}

/** Who is at the keyboard. The person of this browser comes first. */
export function choosePersonPage(emulator: Emulator, title: string, current: Person | null): string {
  const button = (person: Person) => personButton(person.name, person.id, personPicture(emulator, person));
  const others = emulator.world.people.filter((person) => person !== current);
  return facebookPage(
    title,
    `<h1>${escapeHtml(title)}</h1>${current ? `<h2>Continue as</h2>${button(current)}` : ""}
<h2>${current ? "Somebody else" : "Who are you?"}</h2>${others.map(button).join("")}`,
  );
}

export function confirmPage(
  emulator: Emulator,
  app: App,
  person: Person,
  links: { edit: string; other: string },
): string {
  return facebookPage(
    `Log in to ${app.name}`,
    `${appLogo(emulator, app)}<h1>You previously logged in to ${escapeHtml(app.name)} with Facebook</h1><p>Continue as ${escapeHtml(person.name)}?</p>
<form method="post"><input type="hidden" name="step" value="consent">${buttons()}</form>${footer(links, true)}`,
  );
}

export function consentPage(
  emulator: Emulator,
  app: App,
  person: Person,
  plan: ConsentPlan,
  mode: { edit: boolean; known: boolean },
  links: { edit: string; other: string },
): string {
  return facebookPage(
    `Log in to ${app.name}`,
    `${appLogo(emulator, app)}<h1>${escapeHtml(app.name)} asks for access, ${escapeHtml(person.name)}</h1>
<p class="soft">${plan.scopes.every(({ fixed }) => fixed) ? "Choose what the app may use. All its permissions are needed." : "Untick what you do not want to allow."}</p>
<form method="post"><input type="hidden" name="step" value="${mode.edit ? "edit" : "consent"}">
${assetLists(emulator, plan)}${scopeList(plan.scopes)}${buttons()}</form>${footer(links, mode.known && !mode.edit)}`,
  );
}

export function scopeList(scopes: ConsentPlan["scopes"]): string {
  return checkList(
    "scope",
    "What the app may do",
    scopes.map(({ scope, ticked, fixed }) => ({
      value: scope,
      label: scope,
      small: `${escapeHtml(SCOPES[scope] ?? scope)}<small>${escapeHtml(scope)}</small>`,
      ticked,
      locked: fixed,
    })),
  );
}

/** The businesses and the Pages that a plan asks for. */
export function assetLists(emulator: Emulator, plan: ConsentPlan): string {
  const businesses =
    plan.businesses &&
    checkList(
      "business",
      "Which businesses the app may use",
      plan.businesses.map(({ business, ticked }) => ({
        value: business.id,
        label: business.name,
        small: `${escapeHtml(business.name)}<small>Business portfolio</small>`,
        ticked,
      })),
    );
  return `${businesses ?? ""}${plan.pages ? pageList(emulator, plan.pages) : ""}`;
}

function pageList(emulator: Emulator, pages: { page: Page; ticked: boolean }[]): string {
  if (pages.length === 0) return `<h2>Pages</h2><p class="soft">You manage no Pages.</p>`;
  const account = (page: Page) => {
    const username = emulator.index.businesses.get(page.igId ?? "")?.username;
    return username ? `Instagram: @${username}` : "No Instagram account";
  };
  const quick = `<div class="quiet"><button type="button" data-all="1">Select all</button><button type="button" data-all="">Select none</button></div>
<script>for (const button of document.querySelectorAll("[data-all]")) button.onclick = () => {
  for (const box of document.querySelectorAll('li:not([hidden]) input[name="page"]')) box.checked = Boolean(button.dataset.all); };</script>`;
  return (
    checkList(
      "page",
      "Which Pages the app may use",
      pages.map(({ page, ticked }) => ({
        value: page.id,
        label: page.name,
        small: `${escapeHtml(page.name)}<small>${escapeHtml(account(page))}</small>`,
        ticked,
      })),
    ) + quick
  );
}

function appLogo(emulator: Emulator, app: App): string {
  return `<img class="logo" src="${escapeHtml(mediaUrl(emulator, logoOf(emulator, app)))}" alt="">`;
}

function buttons(): string {
  return `<div class="actions"><button class="primary" name="decision" value="continue">Continue</button>
<button name="decision" value="cancel">Cancel</button></div>`;
}

function footer(links: { edit: string; other: string }, edit: boolean): string {
  const editLink = edit ? `<a href="${escapeHtml(links.edit)}">Edit previous settings</a> · ` : "";
  return `<p class="soft" style="margin-top:18px">${editLink}<a href="${escapeHtml(links.other)}">Not you?</a></p>`;
}
