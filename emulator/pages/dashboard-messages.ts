import type { Emulator } from "../emulator";
import { grantOf } from "../graph/access";
import { issueUserToken, pageTokenFor } from "../graph/issue-token";
import { pagesOf } from "../login/granted-pages";
import { connectConfiguration } from "../options";
import type { App, Page, Person } from "../world/types";
import { dashboardPage, sectionUrl } from "./dashboard-page";
import { accountWords, pagePicture } from "./page-list";
import { card, postButton, rows, search, state } from "./parts";
import { doneWords, type Visit, type Visited } from "./visit";

const WORDS: Record<string, string> = {
  subscribed: "The app gets this Page's events now.",
  unsubscribed: "The app no longer gets this Page's events.",
};

/** "Token generation": a Page token to copy, and which Pages' events the app gets. */
export function dashboardMessages(visit: Visit, app: App): Visited {
  const { emulator, person, form } = visit;
  const page = pagesOf(emulator, person.id).find((one) => one.id === form.get("page"));
  if (page && form.get("action") === "subscribe") {
    const { world } = emulator;
    const known = world.subscriptions.some((one) => one.appId === app.id && one.pageId === page.id);
    world.subscriptions = world.subscriptions.filter((one) => one.appId !== app.id || one.pageId !== page.id);
    if (!known) world.subscriptions.push({ appId: app.id, pageId: page.id, fields: ["messages"] });
    if (page.igId) emulator.stream.businessChanged(page.igId);
    emulator.changed();
    return { to: sectionUrl(app, "messages"), done: known ? "unsubscribed" : "subscribed" };
  }
  const token = page && form.get("action") === "generate" ? generate(emulator, app, person, page) : null;
  const shown = page && token ? tokenCard(page, token) : "";
  return dashboardPage(emulator, app, "messages", `${shown}${pageCard(visit, app)}`, doneWords(visit, WORDS));
}

/** The person adds the Page to the app, and gets a token of it that does not expire. */
function generate(emulator: Emulator, app: App, person: Person, page: Page): string {
  const known = grantOf(emulator, person.id, app.id);
  const grant = known ?? {
    personId: person.id,
    appId: app.id,
    granted: [],
    declined: [],
    pages: [],
    businesses: null,
  };
  if (!known) emulator.world.grants.push(grant);
  const scopes = connectConfiguration("").scopes.filter((scope) => scope !== "business_management");
  grant.granted = [...new Set([...grant.granted, ...scopes])];
  grant.declined = grant.declined.filter((scope) => !scopes.includes(scope));
  if (grant.pages !== "all") grant.pages = [...new Set([...(grant.pages ?? []), page.id])];
  return pageTokenFor(emulator, issueUserToken(emulator, app.id, person.id, true), page).value;
}

function tokenCard(page: Page, token: string): string {
  return card(
    `Token of ${page.name}`,
    "It is shown this once: copy it now. Whoever has it can read and answer this Page's messages.",
    `<label class="field"><span>Page access token</span><textarea class="token" readonly onfocus="this.select()">${token}</textarea></label>
<button type="button" class="primary" onclick="navigator.clipboard.writeText(document.querySelector('.token').value).then(() => { this.textContent = 'Copied'; })">Copy</button>`,
  );
}

function pageCard({ emulator, person }: Visit, app: App): string {
  const pages = pagesOf(emulator, person.id);
  const list = rows(
    "Pages",
    pages.map((page) => {
      const on = emulator.world.subscriptions.some((one) => one.appId === app.id && one.pageId === page.id);
      return {
        title: page.name,
        small: accountWords(emulator, page),
        picture: pagePicture(emulator, page),
        after: `${on ? state("Webhooks on", true) : ""}${postButton({ label: "Generate token", name: `Generate token for ${page.name}` }, { action: "generate", page: page.id })}${postButton({ label: on ? "Remove subscription" : "Add subscription", name: `${on ? "Remove" : "Add"} subscription of ${page.name}` }, { action: "subscribe", page: page.id })}`,
      };
    }),
  );
  return card(
    "Token generation",
    "Choose a Page, generate its token and copy it; then add the Page's subscription.",
    pages.length > 0 ? `${search(pages.length)}${list}` : "<p>This person manages no Pages.</p>",
  );
}
