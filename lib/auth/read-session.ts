import { sql } from "drizzle-orm";
import { decode } from "next-auth/jwt";
import type { Queryable } from "../db/connection";
import type { Membership } from "../db/tables/workspace";
import { env } from "../env";
import { isId } from "../ids";
import { now, SECOND } from "../time";
import { readSessionToken, sessionCookieName } from "./session-cookie";

export type SignedInMember = {
  type: "member";
  workspaceId: string;
  id: string;
  role: "owner" | "admin" | "agent";
  name: string;
  pictureUrl: string | null;
};

/** Who sends this `Cookie` header, as the member is at this moment; null for everyone who is not a member any more. */
export async function readMember(db: Queryable, cookieHeader: string | undefined): Promise<SignedInMember | null> {
  const { AUTH_SECRET: secret, APP_URL } = env();
  const membership = await readSession(cookieHeader, { secret, cookieName: sessionCookieName(APP_URL) });
  if (!membership) return null;
  const { rows } = await db.execute<Omit<SignedInMember, "type">>(sql`
    select workspace_id as "workspaceId", id, role, name, picture_url as "pictureUrl" from member
    where workspace_id = ${membership.workspaceId} and id = ${membership.memberId} and removed_at is null
      and created_at = ${new Date(membership.since).toISOString()}`);
  return rows[0] ? { type: "member", ...rows[0] } : null;
}

/** What the session cookie says, once its seal and its age are good. */
export async function readSession(
  cookieHeader: string | undefined,
  options: { secret: string; cookieName: string },
): Promise<Membership | null> {
  const token = readSessionToken(cookieHeader, options.cookieName);
  const claims = token && (await unseal(token, options.secret));
  if (!claims) return null;
  const { sub: memberId, workspaceId, since, exp } = claims;
  if (typeof exp !== "number" || exp * SECOND <= now()) return null;
  if (!isId(memberId) || !isId(workspaceId) || typeof since !== "number" || !Number.isSafeInteger(since)) return null;
  return { memberId, workspaceId, since };
}

async function unseal(token: string, secret: string) {
  try {
    return await decode({ token, secret });
  } catch (error) {
    // jose's codes: forged, cut, expired or sealed with another secret. To us that is nobody.
    if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_J")) return null;
    throw error;
  }
}
