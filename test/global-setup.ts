import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { openPool } from "@/lib/db/connection";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { migrate } from "@/lib/db/migrate";
import { bundleScripts, type Scripts } from "./child-process";
import { withDatabase } from "./database-url";

declare module "vitest" {
  interface ProvidedContext {
    databaseServer: string;
    scripts: Scripts;
  }
}

export const TEMPLATE = "replydesk_template";

/** One PostgreSQL for the whole run, with a migrated database that test files copy, and the scripts that they start. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "replydesk-vitest-"));
  // As root the database runs as another user, who has to reach its files.
  await chmod(dataDir, 0o755);
  const { remove, ...scripts } = await bundleScripts();
  const postgres = await startEmbeddedPostgres({ dataDir });
  const teardown = async () => {
    await postgres.stop();
    await remove();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await createTemplate(postgres.url);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide("databaseServer", postgres.url);
  project.provide("scripts", scripts);
  return teardown;
}

async function createTemplate(server: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  const pool = openPool(withDatabase(server, TEMPLATE), { max: 2 });
  await migrate(pool, resolve("drizzle"));
  await pool.end();
}
