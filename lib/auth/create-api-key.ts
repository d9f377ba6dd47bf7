import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { encryptSecret, type Keyring, randomToken } from "../crypto";
import type { Queryable } from "../db/connection";

export type NewApiKey = {
  name: string;
  /** Whether people write through it: only then may a reply leave after 24 hours. */
  people: boolean;
  createdBy: string | null;
} & (
  | { scope: "account" }
  | { scope: "app"; workspaceId: string }
  | { scope: "integration"; workspaceId: string; integrationId: string }
);

const PREFIX = { account: "act_", app: "app_", integration: "int_" };

/** Makes a key; its secret is told this once. The caller has checked that it may be made. */
export async function createApiKey(
  db: Queryable,
  keyring: Keyring,
  key: NewApiKey,
): Promise<{ id: string; secret: string }> {
  const id = `${PREFIX[key.scope]}${randomBytes(12).toString("hex")}`;
  const secret = randomToken();
  await db.execute(sql`
    insert into api_key (id, scope, workspace_id, integration_id, name, secret_sealed, people, created_by, created_at)
    values (${id}, ${key.scope}, ${"workspaceId" in key ? key.workspaceId : null}, ${"integrationId" in key ? key.integrationId : null},
      ${key.name}, ${sql.param(encryptSecret(keyring, secret, `api-key:${id}`))}, ${key.people}, ${key.createdBy}, desk_now())`);
  return { id, secret };
}
