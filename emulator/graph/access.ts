import type { Emulator } from "../emulator";
import { appSecretProof, sameText } from "../webhooks/wire";
import type { DeathCause, Grant, Token } from "../world/access-types";
import type { App, Page } from "../world/types";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, missingPermission, missingTask, noSuchObject } from "./graph-error";

const DEATHS: Record<DeathCause, { subcode: number; message: string }> = {
  removed: { subcode: 458, message: "Error validating access token: The user has not authorized application." },
  checkpoint: {
    subcode: 459,
    message:
      "Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the instructions given.",
  },
  "password-change": {
    subcode: 460,
    message:
      "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.",
  },
  expired: { subcode: 463, message: "Error validating access token: Session has expired." },
  revoked: {
    subcode: 467,
    message: "Error validating access token: The session is invalid because the user logged out.",
  },
  "secret-reset": {
    subcode: 467,
    message: "Error validating access token: The session is invalid because the application secret was reset.",
  },
};

/** Notes the token of a call and whether its `appsecret_proof` is right, without judging. */
export function readAccess(call: GraphCall): Access | null {
  const value = call.text("access_token");
  call.access = value ? findAccess(call.emulator, value) : null;
  const proof = call.text("appsecret_proof");
  if (call.access && proof !== null) {
    call.proof = sameText(proof, appSecretProof(call.access.app.secret, call.access.value)) ? "valid" : "invalid";
  }
  return call.access;
}

/** Checks the token of a call, and its `appsecret_proof` whenever one is there or the app demands it. */
export function authenticate(call: GraphCall): Access {
  if (!call.text("access_token")) {
    throw new GraphError(2500, "An active access token must be used to query information about the current user.");
  }
  const access = readAccess(call);
  if (!access) throw unreadable(call.required("access_token"));
  if (access.app.restricted) throw new GraphError(200, "API access blocked.");
  if (call.proof === "invalid") {
    throw new GraphError(100, "Invalid appsecret_proof provided in the API argument", { type: "GraphMethodException" });
  }
  if (call.proof === "absent" && access.app.requireProof && access.kind !== "app") {
    throw new GraphError(100, "API calls from the server require an appsecret_proof argument", {
      type: "GraphMethodException",
    });
  }
  if (access.token) {
    const dead = tokenError(call.emulator, access.token);
    if (dead) throw dead;
    if (!hasRole(access.app, access.token.personId)) {
      throw new GraphError(200, "(#200) The app is in development mode and the user of this token has no role on it.", {
        subcode: 2018027,
      });
    }
  }
  return access;
}

/** Live apps are for everybody; in development a person needs a role. */
export function hasRole(app: App, personId: string): boolean {
  return app.mode === "live" || app.roles.some((one) => one.personId === personId);
}

function unreadable(value: string): GraphError {
  return badToken(
    value.includes("|")
      ? "Invalid OAuth access token signature."
      : "Invalid OAuth access token - Cannot parse access token",
  );
}

export function findAccess(emulator: Emulator, value: string): Access | null {
  const [appId, secret] = value.split("|");
  if (secret !== undefined) {
    const app = emulator.app(appId);
    return app && sameText(app.secret, secret) ? { kind: "app", value, app, token: null } : null;
  }
  const token = emulator.index.tokens.get(value);
  const app = token && emulator.app(token.appId);
  return app && token ? { kind: token.kind, value, app, token } : null;
}

/** Why a token no longer works, or null. A page token dies with its user token, and with the person's role on the Page. */
export function tokenError(emulator: Emulator, token: Token): GraphError | null {
  const parent = token.parent ? emulator.index.tokens.get(token.parent) : undefined;
  // a user token that merely ran out leaves its page tokens alive
  const inherited = parent?.death === "expired" ? null : (parent?.death ?? null);
  const death = token.death ?? inherited;
  if (death) return badToken(DEATHS[death].message, DEATHS[death].subcode);
  if (token.expiresAt !== 0 && token.expiresAt <= emulator.now())
    return badToken(DEATHS.expired.message, DEATHS.expired.subcode);
  if (token.pageId !== null) {
    const page = emulator.index.pages.get(token.pageId);
    if (!page?.roles.some((role) => role.personId === token.personId)) {
      return badToken("Error validating access token: The person no longer has a role on this Page.", 492);
    }
  }
  return null;
}

function badToken(message: string, subcode?: number): GraphError {
  return new GraphError(190, message, { subcode, status: subcode === undefined ? 401 : 400 });
}

export function grantOf(emulator: Emulator, personId: string, appId: string): Grant | undefined {
  return emulator.world.grants.find((grant) => grant.personId === personId && grant.appId === appId);
}

/** The grant behind a user or page token. */
export function requireGrant(call: GraphCall, access: Access): Grant {
  const grant = access.token && grantOf(call.emulator, access.token.personId, access.app.id);
  if (!grant) throw badToken(DEATHS.removed.message, DEATHS.removed.subcode);
  return grant;
}

export function requireScope(call: GraphCall, access: Access, ...scopes: string[]): void {
  const grant = requireGrant(call, access);
  for (const scope of scopes) if (!grant.granted.includes(scope)) throw missingPermission(scope);
}

export function requireUser(access: Access): Token {
  if (access.kind !== "user")
    throw new GraphError(2500, "An active user access token must be used to query information about the current user.");
  return access.token as Token;
}

/** The Page a page token belongs to, or a user token may act on; it has to be selected and given a role. */
export function requirePage(call: GraphCall, access: Access, id: string): Page {
  const page = call.emulator.index.pages.get(id);
  if (!page || !access.token) throw noSuchObject(id, call.method);
  if (access.kind === "page" && access.token.pageId !== id) throw noSuchObject(id, call.method);
  const grant = requireGrant(call, access);
  const selected = grant.pages === "all" || (grant.pages?.includes(id) ?? false);
  const role = page.roles.some((one) => one.personId === access.token?.personId);
  if (!selected || !role) {
    if (access.kind === "page") throw missingPermission("pages_show_list");
    throw noSuchObject(id, call.method);
  }
  return page;
}

/** The two families of task names that Pages have. */
export function hasTask(page: Page, personId: string, task: "MESSAGING" | "MODERATE"): boolean {
  const tasks = page.roles.find((role) => role.personId === personId)?.tasks ?? [];
  return tasks.some((one) => one === task || one === `PROFILE_PLUS_${task}` || one === "PROFILE_PLUS_FULL_CONTROL");
}

export function requireTask(page: Page, access: Access, task: "MESSAGING" | "MODERATE"): void {
  if (!access.token || !hasTask(page, access.token.personId, task)) throw missingTask(task);
}
