import { mediaUrl } from "../cdn/media-url";
import { digits } from "../ids";
import { grantedPages } from "../login/granted-pages";
import { removeApp } from "../login/remove-app";
import type { Grant, Token } from "../world/access-types";
import type { Page, Person } from "../world/types";
import { requireGrant, requireUser } from "./access";
import { project, type Readers } from "./fields";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, noSuchObject, unknownPath } from "./graph-error";
import { PAGE_DEFAULTS, pageReaders } from "./page-node";
import { page } from "./paging";
import { portfolioList } from "./portfolio-edges";

/** `/me` and `/{person-id}` with a user token. */
export function userNode(call: GraphCall, access: Access, person: Person): Record<string, unknown> {
  const token = requireUser(access);
  if (token.personId !== person.id) throw noSuchObject(person.id, call.method);
  const grant = requireGrant(call, access);
  return project("User", person, userReaders(call, access, grant, token), call.fields(), ["name", "id"]);
}

function userReaders(call: GraphCall, access: Access, grant: Grant, token: Token): Readers<Person> {
  return {
    id: (person) => token.systemUserId ?? person.id,
    name: (person) => (token.systemUserId === null ? person.name : `${call.access?.app.name} System User`),
    first_name: (person) => person.name.split(" ")[0],
    last_name: (person) => person.name.split(" ").slice(1).join(" "),
    email: (person) => (grant.granted.includes("email") ? (person.email ?? undefined) : undefined),
    picture: (person) => ({
      data: {
        height: 50,
        is_silhouette: false,
        url: mediaUrl(call.emulator, digits(`avatar:${person.id}`, 16)),
        width: 50,
      },
    }),
    permissions: () => ({ data: permissionList(grant) }),
    accounts: (_, field) => {
      const readers = pageReaders(call, token, grant);
      return page(
        call,
        listedPages(call, grant),
        (one) => one.id,
        (one) => project("Page", one, readers, field.fields, PAGE_DEFAULTS),
        {
          limit: field.args.limit ?? null,
          path: "/me/accounts",
          fields: field.text,
        },
      );
    },
    businesses: (_, field) =>
      portfolioList(call, access, field.fields, {
        limit: field.args.limit ?? null,
        path: "/me/businesses",
        fields: field.text,
      }),
  };
}

export function userEdge(call: GraphCall, access: Access, person: Person, edge: string): unknown {
  const token = requireUser(access);
  if (token.personId !== person.id) throw noSuchObject(person.id, call.method);
  const grant = requireGrant(call, access);
  if (edge === "permissions") return permissions(call, grant);
  if (call.method !== "GET") throw noSuchObject(person.id, call.method);
  if (edge === "accounts") {
    const readers = pageReaders(call, token, grant);
    const fields = call.fields();
    return page(
      call,
      listedPages(call, grant),
      (one) => one.id,
      (one) => project("Page", one, readers, fields, PAGE_DEFAULTS),
    );
  }
  if (edge === "businesses") return portfolioList(call, access, call.fields());
  throw unknownPath(`/${edge}`);
}

/** What `/me/accounts` shows: selected Pages; those of a portfolio only with `business_management`. */
function listedPages(call: GraphCall, grant: Grant): Page[] {
  if (!grant.granted.includes("pages_show_list")) return [];
  const all = grantedPages(call.emulator, grant);
  return grant.granted.includes("business_management") ? all : all.filter((one) => one.portfolioId === null);
}

function permissions(call: GraphCall, grant: Grant): unknown {
  if (call.method === "GET") return { data: permissionList(grant) };
  if (call.method !== "DELETE") throw noSuchObject(grant.personId, call.method);
  const scope = call.segments[2] ?? call.text("permission");
  if (!scope) {
    removeApp(call.emulator, grant.personId, grant.appId);
    return { success: true };
  }
  if (!grant.granted.includes(scope)) throw new GraphError(100, `(#100) The user has not granted ${scope}`);
  grant.granted = grant.granted.filter((one) => one !== scope);
  if (!grant.declined.includes(scope)) grant.declined.push(scope);
  call.emulator.changed();
  return { success: true };
}

function permissionList(grant: Grant): { permission: string; status: string }[] {
  return [
    ...grant.granted.map((permission) => ({ permission, status: "granted" })),
    ...grant.declined.map((permission) => ({ permission, status: "declined" })),
  ];
}
