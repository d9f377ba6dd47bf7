import { createWriteStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { openPool } from "@/lib/db/connection";
import { SEALED_COLUMNS } from "@/lib/db/sealed-columns";
import { AppError } from "@/lib/errors";
import type { BackupHead } from "./backup-format";
import type { Command } from "./command";

/** Rows that are in memory at a time. */
const PIECE = 1_000;

export const backup: Command = {
  help: "[file] writes everything into one file while the desk runs; the keys in ENCRYPTION_KEY are not in it",
  run: async ({ databaseUrl }, args) => {
    const createdAt = new Date();
    const file = resolve(args[0] ?? `replydesk-${createdAt.toISOString().slice(0, 19).replaceAll(":", "")}.backup`);
    const counts: Record<string, number> = {};
    const keys = await writeFile(file, databaseUrl, createdAt, counts);
    const { size } = await stat(file);
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const keep =
      keys.length === 0
        ? ""
        : " Keep ENCRYPTION_KEY with it, but not beside it: without the key the accounts have to be connected anew.";
    return {
      ok: true,
      words: `${file}: ${rows} rows, ${(size / 1e6).toFixed(1)} MB.${keep}`,
      json: { file, bytes: size, rows, tables: counts, keys },
    };
  },
};

/** Whole or not at all: written beside its name and moved there when everything is on disk. */
async function writeFile(
  file: string,
  databaseUrl: string,
  createdAt: Date,
  counts: Record<string, number>,
): Promise<string[]> {
  if (await stat(file).catch(() => null))
    throw new AppError("configuration", `${file} is there already. Name another file.`);
  const unfinished = `${file}.unfinished`;
  const pool = openPool(databaseUrl, { max: 1, applicationName: "replydesk backup" });
  const client = await pool.connect();
  try {
    // One moment of the whole database, however long it takes to write down.
    await client.query("begin transaction isolation level repeatable read, read only");
    const head: BackupHead = {
      format: "replydesk backup 1",
      createdAt: createdAt.toISOString(),
      schema: await lastMigration(client),
      keys: await usedKeys(client),
    };
    const lines = Readable.from(linesOf(client, head, counts), { objectMode: true });
    // Readable by its owner alone: it holds what customers wrote.
    await pipeline(lines, createGzip({ level: 6 }), createWriteStream(unfinished, { mode: 0o600, flags: "w" }));
    await client.query("commit");
    const written = await open(unfinished, "r+");
    await written.sync();
    await written.close();
    await rename(unfinished, file);
    return head.keys;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    client.release(true);
    await pool.end();
  }
}

async function* linesOf(
  client: pg.PoolClient,
  head: BackupHead,
  counts: Record<string, number>,
): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`;
  const { rows: tables } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
  );
  let total = 0;
  for (const { name } of tables) {
    yield `${JSON.stringify({ table: name })}\n`;
    const quoted = client.escapeIdentifier(name);
    await client.query(`declare piece no scroll cursor for select to_json(t)::text as line from ${quoted} t`);
    counts[name] = 0;
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`fetch ${PIECE} from piece`);
      if (rows.length === 0) break;
      counts[name] += rows.length;
      total += rows.length;
      yield rows.map(({ line }) => `${line}\n`).join("");
    }
    await client.query("close piece");
  }
  yield `${JSON.stringify({ end: true, rows: total })}\n`;
}

async function lastMigration(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ at: number }>("select max(created_at) as at from drizzle.__drizzle_migrations");
  const at = rows[0]?.at;
  if (!at) throw new AppError("configuration", "This database is not a Replydesk's.");
  return at;
}

async function usedKeys(client: pg.PoolClient): Promise<string[]> {
  const parts = SEALED_COLUMNS.map(
    ({ table, column }) =>
      `select encode(substr(${column}, 2, 4), 'hex') as key from ${table} where ${column} is not null`,
  );
  const { rows } = await client.query<{ key: string }>(`${parts.join(" union ")} order by 1`);
  return rows.map(({ key }) => key);
}
