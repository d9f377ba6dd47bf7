import { grantedPages } from "../login/granted-pages";
import type { Token } from "../world/access-types";
import type { Page } from "../world/types";
import { authenticate, findAccess, grantOf, tokenError } from "./access";
import type { Access, GraphCall } from "./graph-call";
import { GraphError } from "./graph-error";

/** `/debug_token`, asked with the app token or a token of the same app. */
export function debugToken(call: GraphCall): Record<string, unknown> {
  const asking = authenticate(call);
  const access = findAccess(call.emulator, call.required("input_token"));
  if (!access || access.app.id !== asking.app.id) {
    if (access)
      throw new GraphError(
        100,
        "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app",
      );
    return {
      data: {
        error: { code: 190, message: "Invalid OAuth access token - Cannot parse access token" },
        is_valid: false,
        scopes: [],
      },
    };
  }
  const head = { app_id: access.app.id, type: typeOf(access), application: access.app.name };
  if (!access.token) return { data: { ...head, is_valid: true, scopes: [] } };
  return { data: { ...head, ...tokenFacts(call, access.token) } };
}

function typeOf(access: Access): string {
  return access.kind === "user" && access.token.systemUserId !== null ? "SYSTEM_USER" : access.kind.toUpperCase();
}

function tokenFacts(call: GraphCall, token: Token): Record<string, unknown> {
  const dead = tokenError(call.emulator, token);
  const grant = grantOf(call.emulator, token.personId, token.appId);
  const scopes = grant?.granted ?? [];
  return {
    data_access_expires_at: Math.floor(token.dataAccessExpiresAt / 1000),
    expires_at: Math.floor(token.expiresAt / 1000),
    is_valid: dead === null,
    issued_at: Math.floor(token.issuedAt / 1000),
    ...(token.pageId === null ? {} : { profile_id: token.pageId }),
    ...(dead ? { error: { code: dead.code, message: dead.message, subcode: dead.details.subcode } } : {}),
    scopes,
    granular_scopes: scopes
      .filter(
        (scope) => scope.startsWith("pages_") || scope.startsWith("instagram_") || scope === "business_management",
      )
      .map((scope) => {
        const targets = granularTargets(call, scope, token);
        return targets ? { scope, target_ids: targets } : { scope };
      }),
    user_id: token.systemUserId ?? token.personId,
  };
}

/** The selected assets of a scope; null means all current and future ones. */
function granularTargets(call: GraphCall, scope: string, token: Token): string[] | null {
  const grant = grantOf(call.emulator, token.personId, token.appId);
  if (scope === "business_management") return grant?.businesses === "all" ? null : (grant?.businesses ?? null);
  if (!grant || grant.pages === "all") return null;
  const pages = grantedPages(call.emulator, grant);
  return scope.startsWith("instagram_") ? pages.flatMap((page) => accountOf(call, page)) : pages.map((page) => page.id);
}

function accountOf(call: GraphCall, page: Page): string[] {
  const business = call.emulator.index.businesses.get(page.igId ?? "");
  return business?.professional ? [business.igId] : [];
}
