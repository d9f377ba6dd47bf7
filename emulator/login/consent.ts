import type { Emulator } from "../emulator";
import { grantOf } from "../graph/access";
import type { Grant } from "../world/access-types";
import type { Page, Person, Portfolio } from "../world/types";
import { pagesOf } from "./granted-pages";
import { isAssetScope, LOCKED_SCOPE } from "./scopes";

export interface ConsentRequest {
  appId: string;
  scopes: string[];
  rerequest: boolean;
  /** Facebook Login for Business: all permissions or none. */
  allOrNothing?: boolean;
}

/** What the dialog asks a person: nothing new, or these permissions and perhaps these Pages. */
export interface ConsentPlan {
  scopes: { scope: string; ticked: boolean; fixed: boolean }[];
  pages: { page: Page; ticked: boolean }[] | null;
  businesses: { business: Portfolio; ticked: boolean }[] | null;
}

/**
 * Facebook remembers. What was granted is not asked again, what was declined only with `auth_type=rerequest`,
 * Pages only once; "Edit previous settings" opens everything. null: nothing to ask.
 */
export function planConsent(
  emulator: Emulator,
  request: ConsentRequest,
  person: Person,
  edit: boolean,
): ConsentPlan | null {
  const grant = grantOf(emulator, person.id, request.appId);
  const granted = grant?.granted ?? [];
  const declined = grant?.declined ?? [];
  const wanted = [...new Set([LOCKED_SCOPE, ...request.scopes])];
  const isFixed = (scope: string) =>
    scope === LOCKED_SCOPE || (request.allOrNothing === true && request.scopes.includes(scope));
  if (edit) {
    const all = [...new Set([...granted, ...declined, ...wanted])];
    return {
      scopes: all.map((scope) => ({
        scope,
        ticked: isFixed(scope) || !declined.includes(scope),
        fixed: isFixed(scope),
      })),
      pages: all.some(isAssetScope) ? pageChoices(emulator, person, grant) : null,
      businesses: all.includes("business_management") ? businessChoices(emulator, person, grant) : null,
    };
  }
  const asked = wanted.filter(
    (scope) => !granted.includes(scope) && (isFixed(scope) || request.rerequest || !declined.includes(scope)),
  );
  if (asked.length === 0) return null;
  const askPages = (grant?.pages ?? null) === null && asked.some(isAssetScope);
  const askBusinesses = (grant?.businesses ?? null) === null && asked.includes("business_management");
  return {
    scopes: asked.map((scope) => ({ scope, ticked: true, fixed: isFixed(scope) })),
    pages: askPages ? pageChoices(emulator, person, grant) : null,
    businesses: askBusinesses ? businessChoices(emulator, person, grant) : null,
  };
}

function pageChoices(emulator: Emulator, person: Person, grant: Grant | undefined): { page: Page; ticked: boolean }[] {
  const selected = grant?.pages ?? "all";
  return pagesOf(emulator, person.id).map((page) => ({
    page,
    ticked: selected === "all" || selected.includes(page.id),
  }));
}

function businessChoices(
  emulator: Emulator,
  person: Person,
  grant: Grant | undefined,
): { business: Portfolio; ticked: boolean }[] | null {
  const selected = grant?.businesses ?? "all";
  const choices = emulator.world.portfolios.filter((one) => one.members.includes(person.id));
  if (choices.length === 0) return null;
  return choices.map((business) => ({ business, ticked: selected === "all" || selected.includes(business.id) }));
}

/** Writes down what the person answered to a plan. */
export function rememberConsent(
  emulator: Emulator,
  appId: string,
  person: Person,
  plan: ConsentPlan,
  tickedScopes: string[],
  ticked: { pages: string[]; businesses: string[] },
): Grant {
  let grant = grantOf(emulator, person.id, appId);
  if (!grant) {
    grant = { personId: person.id, appId, granted: [], declined: [], pages: null, businesses: null };
    emulator.world.grants.push(grant);
  }
  for (const { scope, fixed } of plan.scopes) {
    const allowed = fixed || tickedScopes.includes(scope);
    grant.granted = grant.granted.filter((one) => one !== scope);
    grant.declined = grant.declined.filter((one) => one !== scope);
    (allowed ? grant.granted : grant.declined).push(scope);
  }
  if (plan.pages) {
    const chosen = plan.pages.map(({ page }) => page.id).filter((id) => ticked.pages.includes(id));
    grant.pages = chosen.length === plan.pages.length ? "all" : chosen;
  }
  if (plan.businesses) {
    const chosen = plan.businesses.map(({ business }) => business.id).filter((id) => ticked.businesses.includes(id));
    grant.businesses = chosen.length === plan.businesses.length ? "all" : chosen;
  }
  emulator.changed();
  return grant;
}

/** The assets that are ticked in a form of the dialog. */
export function readTicked(form: URLSearchParams): { pages: string[]; businesses: string[] } {
  return { pages: form.getAll("page"), businesses: form.getAll("business") };
}
