import type { Grant } from "../world/access-types";
import type { Page, Portfolio } from "../world/types";
import { requireGrant, requireUser } from "./access";
import { type Field, project, type Readers } from "./fields";
import type { Access, GraphCall } from "./graph-call";
import { missingPermission, noSuchObject, unknownPath } from "./graph-error";
import { pageReaders } from "./page-node";
import { type ListLimits, page as pageOf } from "./paging";

const PAGE_DEFAULTS = ["id", "name"];

/** `/me/businesses`: the portfolios the person belongs to and chose for the app. */
export function portfolioList(call: GraphCall, access: Access, fields: Field[] | null, limits: ListLimits = {}) {
  const grant = requireManagement(call, access);
  const readers = portfolioReaders(call, access, grant);
  return pageOf(
    call,
    portfoliosOf(call, grant),
    (one) => one.id,
    (one) => project("Business", one, readers, fields, ["id", "name"]),
    limits,
  );
}

/** `/{business-id}`, `/{business-id}/owned_pages` and `/{business-id}/client_pages`. */
export function portfolio(call: GraphCall, access: Access, asked: Portfolio, edge: string | null): unknown {
  const grant = requireManagement(call, access);
  if (!portfoliosOf(call, grant).includes(asked)) throw noSuchObject(asked.id, call.method);
  const fields = call.fields();
  if (edge === null) return project("Business", asked, portfolioReaders(call, access, grant), fields, ["id", "name"]);
  if (edge !== "owned_pages" && edge !== "client_pages") throw unknownPath(`/${edge}`);
  return pageList(call, access, grant, pagesAt(call, asked, edge), fields);
}

function requireManagement(call: GraphCall, access: Access): Grant {
  requireUser(access);
  const grant = requireGrant(call, access);
  if (!grant.granted.includes("business_management")) throw missingPermission("business_management");
  return grant;
}

function portfoliosOf(call: GraphCall, grant: Grant): Portfolio[] {
  return call.emulator.world.portfolios.filter(
    (one) => one.members.includes(grant.personId) && (grant.businesses === "all" || grant.businesses?.includes(one.id)),
  );
}

function portfolioReaders(call: GraphCall, access: Access, grant: Grant): Readers<Portfolio> {
  const nested = (edge: "owned_pages" | "client_pages") => (one: Portfolio, field: Field) =>
    pageList(call, access, grant, pagesAt(call, one, edge), field.fields, {
      limit: field.args.limit ?? null,
      path: `/${one.id}/${edge}`,
      fields: field.text,
    });
  return {
    id: (one) => one.id,
    name: (one) => one.name,
    verification_status: () => "verified",
    owned_pages: nested("owned_pages"),
    client_pages: nested("client_pages"),
  };
}

function pagesAt(call: GraphCall, asked: Portfolio, edge: "owned_pages" | "client_pages"): Page[] {
  const { world, index } = call.emulator;
  if (edge === "owned_pages") return world.pages.filter((one) => one.portfolioId === asked.id);
  return asked.clientPages.flatMap((id) => index.pages.get(id) ?? []);
}

/** All Pages of the portfolio; what needs access to one (token, tasks, account) only where the person has it. */
function pageList(
  call: GraphCall,
  access: Access,
  grant: Grant,
  pages: Page[],
  fields: Field[] | null,
  limits: ListLimits = {},
) {
  const readers = pageReaders(call, requireUser(access), grant);
  const outside: Readers<Page> = {
    ...readers,
    access_token: () => undefined,
    tasks: () => undefined,
    instagram_business_account: () => undefined,
    connected_instagram_account: () => undefined,
  };
  const hasAccess = (one: Page) =>
    one.roles.some((role) => role.personId === grant.personId) &&
    (grant.pages === "all" || (grant.pages?.includes(one.id) ?? false));
  return pageOf(
    call,
    pages,
    (one) => one.id,
    (one) => project("Page", one, hasAccess(one) ? readers : outside, fields, PAGE_DEFAULTS),
    limits,
  );
}
