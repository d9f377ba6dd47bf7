import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as runMigrations } from "drizzle-orm/node-postgres/migrator";
import type pg from "pg";
import { AppError } from "../errors";

/** Any number; every process of an installation takes this lock, so that one migrates and the others wait. */
const MIGRATION_LOCK = 727_001;

/** Brings the schema up to date; safe when several processes start at once (drizzle's own migrator takes no lock). */
export async function migrate(pool: pg.Pool, folder: string): Promise<void> {
  const client = await pool.connect();
  try {
    await refuseUnsafeServer(client);
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    try {
      await runMigrations(drizzle(client), { migrationsFolder: folder });
    } finally {
      await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    }
  } finally {
    client.release();
  }
}

/** A desk promises that what it acknowledged is on disk; a server with fsync off cannot keep that. */
async function refuseUnsafeServer(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ fsync: string; version: number }>(
    "select current_setting('fsync') as fsync, current_setting('server_version_num')::int as version",
  );
  const server = rows[0];
  if (server?.fsync !== "on") {
    throw new AppError(
      "configuration",
      "This PostgreSQL runs with fsync=off and may lose acknowledged messages. Turn fsync on.",
    );
  }
  if (server.version < 140_000) {
    throw new AppError("configuration", "This PostgreSQL is older than 14. Use PostgreSQL 14 or newer.");
  }
}
