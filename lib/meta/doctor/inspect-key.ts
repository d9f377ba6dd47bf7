import type { Finding } from "../../inbox/channel-finding";
import type { CheckTarget } from "../../inbox/read-check-target";
import { DAY, now } from "../../time";
import type { FacebookApp } from "../facebook-apps";
import { REQUIRED_SCOPES, type RequiredScope } from "../login-scopes";
import { type InspectedToken, inspectToken } from "../login-token";
import { asked } from "./ask-graph";
import { badFinding, causeOfError } from "./error-cause";

/** From so long before its end on, a person is told. */
export const ENDS_SOON_MS = 14 * DAY;

export type KeyInspection = {
  findings: Finding[];
  /** What the key says of itself; null when it cannot be used or nothing was told. */
  key: InspectedToken | null;
};

/** Asks Facebook what the channel's key is good for: the login behind it, its permissions, its end. */
export async function inspectKey(target: CheckTarget, app: FacebookApp, token: string): Promise<KeyInspection> {
  const answer = await asked(() => inspectToken(token, app));
  if (answer === "no_answer") return { findings: [], key: null };
  if ("refused" in answer) {
    // Only the app's own secret asks here: refused is the app, not the person.
    const { code } = answer.refused;
    const blocked = code === 200 || code === 10 ? "app_blocked" : "app_secret";
    return { findings: [badFinding({ line: "sign_in", code: blocked })], key: null };
  }
  const key = answer.told;
  if (!key.valid) return { findings: overFindings(key), key: null };
  const fits = key.type === "PAGE" && key.pageId === target.pageId && key.appId === app.id;
  if (!fits) return { findings: [signedIn(), badFinding({ line: "token", code: "wrong_key" })], key: null };
  return { findings: [signedIn(), endOf(key), ...permissions(target, key)], key };
}

function overFindings(key: InspectedToken): Finding[] {
  const cause = causeOfError({ code: 190, subcode: key.error?.subcode ?? null }) ?? { line: "token", code: "invalid" };
  const before = cause.line === "sign_in" ? [] : [signedIn()];
  return [...before, badFinding(cause)];
}

function signedIn(): Finding {
  return { line: "sign_in", state: "good", code: "signed_in", evidence: {} };
}

function endOf({ expiresAt, dataAccessExpiresAt }: InspectedToken): Finding {
  const ends = [expiresAt, dataAccessExpiresAt].filter((at) => at !== null);
  const endsAt = ends.length > 0 ? Math.min(...ends) : null;
  const soon = endsAt !== null && endsAt < now() + ENDS_SOON_MS;
  return { line: "token", state: "good", code: soon ? "ends_soon" : "valid", evidence: { endsAt } };
}

function permissions({ pageId, accountId }: CheckTarget, key: InspectedToken): Finding[] {
  return (Object.keys(REQUIRED_SCOPES) as RequiredScope[]).map((scope) => {
    const line = `permission:${scope}` as const;
    if (!key.scopes.includes(scope)) return badFinding({ line, code: "missing" });
    // Page permissions are given for Pages, Instagram permissions for accounts; one without targets is for all.
    const targets = key.targets.get(scope);
    const ticked = !targets || targets.includes(scope.startsWith("pages_") ? pageId : accountId);
    return ticked ? { line, state: "good", code: "granted", evidence: {} } : badFinding({ line, code: "unticked" });
  });
}
