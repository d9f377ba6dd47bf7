import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { encode } from "next-auth/jwt";
import pg from "pg";
import { sessionCookieName } from "@/lib/auth/session-cookie";
import { createKeyring, encryptSecret } from "@/lib/crypto";
import { openPool } from "@/lib/db/connection";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { migrate } from "@/lib/db/migrate";
import { newId } from "@/lib/ids";
import { ACCOUNT_ID, APP_ID } from "./deliveries";

export const AUTH_SECRET = "auth-secret-of-the-bench-0123456789";
export const ENCRYPTION_KEY = "encryption-key-of-the-bench-0123456789";

/** A migrated database with one workspace, a connected account and a signed-in owner. */
export type BenchDatabase = { url: string; pool: pg.Pool; cookie: string; drop(): Promise<void> };

export type DatabaseServer = { pid: number; create(): Promise<BenchDatabase>; stop(): Promise<void> };

/** One PostgreSQL for the whole bench; each measure gets a database of its own. */
export async function startDatabaseServer(): Promise<DatabaseServer> {
  const dataDir = await temporaryDir();
  const postgres = await startEmbeddedPostgres({ dataDir });
  const admin = new pg.Pool({ connectionString: postgres.url, max: 1 });
  // Its idle connection may be ended by the server's stop before it has ended itself.
  admin.on("error", () => undefined);
  const { rows } = await admin.query<{ pid: number }>(
    "select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::int as pid",
  );
  let made = 0;
  return {
    pid: rows[0]?.pid ?? 0,
    async create() {
      made += 1;
      const name = `bench_${made}`;
      await admin.query(`create database ${name}`);
      const url = new URL(postgres.url);
      url.pathname = `/${name}`;
      const pool = openPool(url.toString(), { max: 2 });
      await migrate(pool, resolve("drizzle"));
      const cookie = await furnish(pool);
      return {
        url: url.toString(),
        pool,
        cookie,
        async drop() {
          await pool.end();
          await admin.query(`drop database ${name} with (force)`);
        },
      };
    },
    async stop() {
      await admin.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "replydesk-bench-"));
  // As root the database runs as another user, who has to reach its files.
  await chmod(dir, 0o755);
  return dir;
}

/** @returns the Cookie header of the owner */
async function furnish(pool: pg.Pool): Promise<string> {
  const [workspaceId, memberId, channelId] = [newId(), newId(), newId()];
  const since = Date.now();
  const token = encryptSecret(createKeyring(ENCRYPTION_KEY), "EAAbench", `channel:${channelId}`);
  await pool.query("insert into workspace (id, name) values ($1, 'Bench')", [workspaceId]);
  await pool.query("insert into workspace_sequence (workspace_id) values ($1)", [workspaceId]);
  await pool.query(
    `insert into member (workspace_id, id, facebook_user_id, name, role, created_at)
      values ($1, $2, 'bench', 'Bench', 'owner', $3)`,
    [workspaceId, memberId, new Date(since)],
  );
  await pool.query(
    `insert into channel (workspace_id, id, facebook_app_id, page_id, page_name, account_id, username, state, token_sealed)
      values ($1, $2, $3, '1755847768034402', 'Bench', $4, 'bench', 'healthy', $5)`,
    [workspaceId, channelId, APP_ID, ACCOUNT_ID, token],
  );
  await pool.query(
    "create table floor_delivery (id bigint generated always as identity primary key, facebook_app_id text not null, received_at timestamptz not null default now(), body bytea not null)",
  );
  const session = await encode({ token: { sub: memberId, workspaceId, since }, secret: AUTH_SECRET });
  return `${sessionCookieName("http://localhost")}=${session}`;
}
