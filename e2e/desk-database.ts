import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { RunningDesk } from "./start-desk";

/** A connection to the desk's embedded PostgreSQL, beside the running desk, as whoever may read its files can make one. */
export async function openDatabase({ dataDir }: RunningDesk): Promise<pg.Client> {
  // On its fifth line PostgreSQL says where its socket is.
  const lines = (await readFile(join(dataDir, "postgres", "data", "postmaster.pid"), "utf8")).split("\n");
  const client = new pg.Client({ host: lines[4], user: "replydesk", database: "replydesk" });
  await client.connect();
  return client;
}

export type Table = { name: string; rows: string[] };

/** Everything the database holds, each row as PostgreSQL writes it down: bytes as \x and hexadecimal digits. */
export async function dumpTables(database: pg.Client): Promise<Table[]> {
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const dump: Table[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await database.query<{ row: string }>(`select t::text as row from ${name} t`);
    dump.push({ name, rows: rows.map(({ row }) => row) });
  }
  return dump;
}
