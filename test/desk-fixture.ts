import { sql } from "drizzle-orm";
import type pg from "pg";
import { createKeyring, encryptSecret } from "@/lib/crypto";
import { type Database, databaseOf, openPool } from "@/lib/db/connection";
import { newId } from "@/lib/ids";
import type { Ctx, Member } from "@/lib/inbox/context";
import { processHandles } from "@/lib/process-handles";
import { createTestDatabase } from "./database";

export const APP_ID = "900100200300";

export type DeskFixture = {
  pool: pg.Pool;
  db: Database;
  url: string;
  system: Ctx & { db: Database };
  close(): Promise<void>;
};

/** A fresh migrated database with a pool and a keyring, as the server process would hold them. */
export async function openDesk(): Promise<DeskFixture> {
  const database = await createTestDatabase();
  const pool = openPool(database.url);
  processHandles().pool = pool;
  processHandles().keyring = createKeyring("a test key for secrets at rest 0123456789");
  const db = databaseOf(pool);
  return {
    pool,
    db,
    url: database.url,
    system: { db, actor: { type: "system" } },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}

export type WorkspaceFixture = {
  workspaceId: string;
  member: Member;
  ctx: Ctx & { db: Database };
  channelId: string;
  accountId: string;
};

/** A workspace with an owner and one connected account. */
export async function addWorkspace(
  desk: DeskFixture,
  options: { accountId: string; pageId?: string; token?: string; facebookAppId?: string },
): Promise<WorkspaceFixture> {
  const workspaceId = newId();
  const memberId = newId();
  const channelId = newId();
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openDesk comes first");
  const sealed = encryptSecret(keyring, options.token ?? "EAAtest", `channel:${channelId}`);
  await desk.db.execute(sql`insert into workspace (id, name) values (${workspaceId}, 'Test')`);
  await desk.db.execute(sql`insert into workspace_sequence (workspace_id) values (${workspaceId})`);
  await desk.db.execute(sql`
    insert into member (workspace_id, id, facebook_user_id, name, role) values (${workspaceId}, ${memberId}, ${`fb-${memberId}`}, 'Nora', 'owner')`);
  await desk.db.execute(sql`
    insert into channel (workspace_id, id, facebook_app_id, page_id, page_name, account_id, username, state, token_sealed)
    values (${workspaceId}, ${channelId}, ${options.facebookAppId ?? APP_ID}, ${options.pageId ?? "1755847768034402"}, 'Nora Ceramics', ${options.accountId},
      'nora.ceramics', 'healthy', ${sql.param(sealed)})`);
  const member: Member = { type: "member", workspaceId, id: memberId, role: "owner", name: "Nora" };
  return { workspaceId, member, channelId, accountId: options.accountId, ctx: { db: desk.db, actor: member } };
}

/** Puts a body into the waiting deliveries, as the door does after its signature held. */
export async function deliver(
  desk: DeskFixture,
  body: string | Buffer | object,
  facebookAppId = APP_ID,
): Promise<void> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  await desk.pool.query("insert into delivery (facebook_app_id, body) values ($1, $2)", [facebookAppId, bytes]);
}

export function envelope(accountId: string, ...messaging: object[]): object {
  return { object: "instagram", entry: [{ time: Date.now(), id: accountId, messaging }] };
}
