import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type pg from "pg";
import { z } from "zod";
import { openPool } from "@/lib/db/connection";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { migrate } from "@/lib/db/migrate";
import { AppError } from "@/lib/errors";
import { type BackupHead, backupHead, MADE_BY_ITSELF } from "./backup-format";
import type { Command, Installation } from "./command";
import { loadRows } from "./load-rows";
import { readKeyring } from "./read-keyring";
import { readLines } from "./read-lines";

const MIGRATIONS = "drizzle";

export const restore: Command = {
  help: "<file> puts a backup into an empty database: a new DATA_DIR while no desk runs on it, or DATABASE_URL",
  offline: true,
  run: async (installation, args) => {
    const file = resolve(args[0] ?? "");
    if (!args[0]) throw new AppError("configuration", "Name the file: npm run admin -- restore <file>");
    const head = await readHead(file);
    const missing = await missingKeys(head, installation);
    const database = installation.databaseUrl
      ? { url: installation.databaseUrl, stop: async () => undefined }
      : await startEmbeddedPostgres({ dataDir: installation.dataDir });
    const pool = openPool(database.url, { max: 1, applicationName: "replydesk restore" });
    try {
      await refuseFilled(pool);
      await migrateTo(pool, head.schema);
      const counts = await loadRows(pool, file);
      await migrate(pool, MIGRATIONS);
      const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const keys =
        missing.length === 0
          ? ""
          : " Its tokens are encrypted with a key that is not in ENCRYPTION_KEY here: start the desk with the key of that time, or connect the accounts anew.";
      return {
        ok: true,
        words: `${rows} rows of ${head.createdAt} are restored. Replies that were on their way at that time are marked "Not sent", because they may have left since.${keys}`,
        json: { rows, tables: counts, createdAt: head.createdAt, missingKeys: missing },
      };
    } finally {
      await pool.end();
      await database.stop();
    }
  },
};

async function readHead(file: string): Promise<BackupHead> {
  try {
    for await (const line of readLines(file)) return backupHead.parse(JSON.parse(line));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new AppError("configuration", `There is no file ${file}.`);
    }
  }
  throw new AppError(
    "configuration",
    `${file} is not a backup of Replydesk, or of a version that this one does not know.`,
  );
}

async function missingKeys({ keys }: BackupHead, { dataDir }: Installation): Promise<string[]> {
  if (keys.length === 0) return [];
  const keyring = await readKeyring(dataDir).catch(() => null);
  return keys.filter((key) => !keyring?.keys.has(key));
}

/** Never over somebody's conversations. */
async function refuseFilled(pool: pg.Pool): Promise<void> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all($1)`,
    [MADE_BY_ITSELF],
  );
  for (const { name } of tables) {
    const { rowCount } = await pool.query(`select from ${quoted(name)} limit 1`);
    if (rowCount) {
      throw new AppError(
        "configuration",
        `This database is not empty (${name}). A backup goes into a new one: name another DATA_DIR or DATABASE_URL.`,
      );
    }
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const journal = z.looseObject({ entries: z.array(z.looseObject({ when: z.number() })) });

/** Up to the schema that the backup has; what came later is done to its rows as to everybody's. */
async function migrateTo(pool: pg.Pool, schema: number): Promise<void> {
  const path = join(MIGRATIONS, "meta", "_journal.json");
  const all = journal.parse(JSON.parse(await readFile(path, "utf8")));
  if (!all.entries.some(({ when }) => when === schema)) {
    throw new AppError("configuration", "This backup was made by a newer Replydesk. Restore it with that version.");
  }
  const folder = await mkdtemp(join(tmpdir(), "replydesk-restore-"));
  try {
    await cp(MIGRATIONS, folder, { recursive: true });
    const entries = all.entries.filter(({ when }) => when <= schema);
    await writeFile(join(folder, "meta", "_journal.json"), JSON.stringify({ ...all, entries }));
    await migrate(pool, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
