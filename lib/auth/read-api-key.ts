import { sql } from "drizzle-orm";
import { jwtVerify } from "jose";
import { decryptSecret, equalInConstantTime, type Keyring } from "../crypto";
import type { Queryable } from "../db/connection";
import { now } from "../time";

export type ApiKey = {
  id: string;
  scope: "account" | "app" | "integration";
  /** Null for account keys. */
  workspaceId: string | null;
  integrationId: string | null;
  people: boolean;
};

/** Meta, browsers and people never send so much; a token of a key with three claims has about 200 characters. */
const LONGEST_HEADER = 4096;

/** Whose key this `Authorization` header proves, by Basic or by a token signed with the key's secret; null for everyone else. */
export async function readApiKey(
  db: Queryable,
  keyring: Keyring,
  authorization: string | undefined,
): Promise<ApiKey | null> {
  const [, scheme, credentials] = /^(basic|bearer) +(\S+)$/i.exec(authorization?.slice(0, LONGEST_HEADER) ?? "") ?? [];
  if (!scheme || !credentials) return null;
  return scheme.toLowerCase() === "basic" ? readBasic(db, keyring, credentials) : readToken(db, keyring, credentials);
}

async function readBasic(db: Queryable, keyring: Keyring, credentials: string): Promise<ApiKey | null> {
  const said = Buffer.from(credentials, "base64").toString("utf8");
  const colon = said.indexOf(":");
  const known = colon > 0 ? await findKey(db, keyring, said.slice(0, colon)) : null;
  return known && equalInConstantTime(Buffer.from(said.slice(colon + 1)), known.secret) ? known.key : null;
}

async function readToken(db: Queryable, keyring: Keyring, token: string): Promise<ApiKey | null> {
  const known = await findKey(db, keyring, keyIdOf(token));
  if (!known) return null;
  const payload = await verified(token, known.secret);
  return payload?.scope === known.key.scope ? known.key : null;
}

function keyIdOf(token: string): string {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split(".", 1)[0] ?? "", "base64url").toString("utf8"));
    const kid = typeof header === "object" && header !== null && "kid" in header ? header.kid : null;
    return typeof kid === "string" ? kid : "";
  } catch (error) {
    if (error instanceof SyntaxError) return "";
    throw error;
  }
}

async function verified(token: string, secret: Buffer) {
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: ["HS256"], currentDate: new Date(now()) });
    return payload;
  } catch (error) {
    // jose's codes: forged, cut, expired, unsigned. To us that is nobody.
    if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_J")) return null;
    throw error;
  }
}

async function findKey(db: Queryable, keyring: Keyring, id: string): Promise<{ key: ApiKey; secret: Buffer } | null> {
  if (!/^(act|app|int)_[0-9a-f]{24}$/.test(id)) return null;
  const { rows } = await db.execute<ApiKey & { secretSealed: Buffer }>(sql`
    select id, scope, workspace_id as "workspaceId", integration_id as "integrationId", people, secret_sealed as "secretSealed"
    from api_key where id = ${id} and revoked_at is null`);
  const row = rows[0];
  if (!row) return null;
  const { secretSealed, ...key } = row;
  return { key, secret: Buffer.from(decryptSecret(keyring, secretSealed, `api-key:${id}`)) };
}
