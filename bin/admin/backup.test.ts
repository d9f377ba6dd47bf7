import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseOf, openPool } from "@/lib/db/connection";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { newId } from "@/lib/ids";
import { openPageToken } from "@/lib/inbox/connect-secrets";
import { listConversations } from "@/lib/inbox/list-conversations";
import { sendMessage } from "@/lib/inbox/send-message";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { type DeskFixture, openDesk } from "@/test/desk-fixture";
import { useSettings } from "@/test/settings";
import { type Furnished, furnishWorkspace } from "@/test/two-workspaces";
import { runAdmin } from "./run-admin.fixture";

let desk: DeskFixture;
let shop: Furnished;
let directory: string;
let file: string;

const ODD_TEXT = 'Tea\u2028at "five"\\n\t🫖 — naïve, \u{1F469}\u200D\u{1F373}';

beforeAll(async () => {
  useSettings();
  desk = await openDesk();
  shop = await furnishWorkspace(desk, "17841500000000055");
  await furnishWorkspace(desk, "17841500000000056");
  await sendMessage(shop.ctx, {
    id: newId(),
    conversationId: shop.ids.conversationId,
    parts: [{ type: "text", text: ODD_TEXT }],
  });
  await desk.db.execute(sql`insert into delivery (facebook_app_id, body) values ('1', '\\x00ff22'::bytea)`);
  directory = await mkdtemp(join(tmpdir(), "replydesk-backup-"));
  file = join(directory, "desk.backup");
});
afterAll(async () => {
  await desk?.close();
  await rm(directory, { recursive: true, force: true });
});

const admin = (args: string[], env: Record<string, string> = {}) => runAdmin(args, { DATABASE_URL: desk.url, ...env });

async function rowsOf(url: string): Promise<Map<string, string[]>> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
    );
    const found = new Map<string, string[]>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(`select t::text as line from "${name}" t order by 1`);
      found.set(
        name,
        rows.map((row) => row.line),
      );
    }
    return found;
  } finally {
    await client.end();
  }
}

async function inNewDatabase(work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  try {
    await work(database);
  } finally {
    await database.drop();
  }
}

test("a backup is one private file, and is never written over another", async () => {
  const { code, stdout } = await admin(["backup", file, "--json"]);
  expect(code).toBe(0);
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({ ok: true, file, tables: { workspace: 2, channel: 2, contact: 2 } });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await admin(["backup", file])).toMatchObject({ code: 1, stderr: expect.stringContaining("is there already") });
});

test("a fresh DATA_DIR gets everything back, row by row; tokens are sealed as before", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "replydesk-restored-"));
  try {
    const { code, stdout, stderr } = await runAdmin(["restore", file, "--json"], {
      DATA_DIR: dataDir,
      ENCRYPTION_KEY: "a test key for secrets at rest 0123456789",
    });
    expect(stderr).toBe("");
    expect({ code, told: JSON.parse(stdout) }).toMatchObject({ code: 0, told: { ok: true, missingKeys: [] } });
    const database = await startEmbeddedPostgres({ dataDir });
    const pool = openPool(database.url);
    try {
      // A desk of its own would be refused beside this one, and so is a second restore.
      expect(await runAdmin(["restore", file], { DATA_DIR: dataDir })).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("Stop it first"),
      });
      const [before, after] = [await rowsOf(desk.url), await rowsOf(database.url)];
      for (const [table, rows] of before) {
        if (!["message", "conversation", "job"].includes(table))
          expect([table, after.get(table)]).toEqual([table, rows]);
        else if (table !== "job") expect(after.get(table)).toHaveLength(rows.length);
      }
      const ctx = { db: databaseOf(pool), actor: shop.member };
      const { conversations } = await listConversations(ctx, {});
      expect(conversations.map(({ id }) => id)).toEqual([shop.ids.conversationId]);
      expect(conversations[0]?.preview).toMatchObject({ text: ODD_TEXT, state: "failed" });
      const { rows } = await pool.query<{ id: string; sealed: Buffer }>(
        "select id, token_sealed as sealed from channel where id = $1",
        [shop.channelId],
      );
      expect(openPageToken(shop.channelId, rows[0]?.sealed ?? Buffer.alloc(0))).toBe("EAAtest");
      // Numbers go on where they were.
      const { rows: next } = await pool.query<{ id: number }>(
        "insert into delivery (facebook_app_id) values ('1') returning id",
      );
      expect(next[0]?.id).toBeGreaterThan(1);
    } finally {
      await pool.end();
      await database.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("what was on its way is not sent by the restored desk, and says why", async () => {
  await inNewDatabase(async ({ url }) => {
    const { code, stdout } = await runAdmin(["restore", file, "--json"], { DATABASE_URL: url });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).missingKeys).toHaveLength(1);
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query("select state, failure_text as why from message where text = $1", [ODD_TEXT]);
    expect(rows).toEqual([{ state: "failed", why: expect.stringContaining("restored from a backup") }]);
    expect((await client.query("select from job where queue = 'send'")).rowCount).toBe(0);
    await client.end();
    expect(await runAdmin(["restore", file], { DATABASE_URL: url })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("not empty"),
    });
  });
});

test("a file that is cut off, changed, newer or none at all restores nothing", async () => {
  const whole = await readFile(file);
  const text = gunzipSync(whole).toString("utf8");
  const files: [string, Buffer, string][] = [
    ["cut", whole.subarray(0, whole.length - 200), "nothing was restored"],
    ["a row less", gzipSync(text.replace(/\n\{"workspace_id"[^\n]*/, "")), "nothing was restored"],
    ["newer", gzipSync(text.replace(/"schema":\d+/, '"schema":9999999999999')), "newer Replydesk"],
    ["text", Buffer.from("hello"), "not a backup"],
    ["empty", Buffer.alloc(0), "not a backup"],
  ];
  await inNewDatabase(async ({ url }) => {
    for (const [name, bytes, words] of files) {
      const bad = join(directory, name);
      await writeFile(bad, bytes);
      const { code, stderr } = await runAdmin(["restore", bad], { DATABASE_URL: url });
      expect([name, code, stderr]).toEqual([name, 1, expect.stringContaining(words)]);
    }
    expect(await runAdmin(["restore", join(directory, "nowhere")], { DATABASE_URL: url })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There is no file"),
    });
    expect((await rowsOf(url)).get("workspace")).toEqual([]);
  });
});

test("a backup of an earlier version becomes one of this version", async () => {
  const { entries }: { entries: { when: number }[] } = JSON.parse(await readFile("drizzle/meta/_journal.json", "utf8"));
  const id = newId();
  const lines = [
    { format: "replydesk backup 1", createdAt: new Date().toISOString(), schema: entries[2]?.when, keys: [] },
    { table: "workspace" },
    { id, name: "Long ago", created_at: "2026-01-01T00:00:00+00:00" },
    { end: true, rows: 1 },
  ];
  const old = join(directory, "old.backup");
  await writeFile(old, gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join("")));
  const dataDir = await mkdtemp(join(tmpdir(), "replydesk-old-"));
  try {
    expect(await runAdmin(["restore", old], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
    const database = await startEmbeddedPostgres({ dataDir });
    const tables = await rowsOf(database.url);
    await database.stop();
    expect([...tables.keys()]).toEqual([...(await rowsOf(desk.url)).keys()]);
    expect(tables.get("workspace")?.[0]).toContain("Long ago");
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
