import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkSetupCode } from "@/lib/auth/check-setup-code";
import { databaseOf, openPool } from "@/lib/db/connection";
import { readInvitation } from "@/lib/inbox/read-invitation";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { ownerOf } from "@/test/people";
import { runAdmin } from "./run-admin.fixture";

let database: TestDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url);
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

test("setup-link prints a link that opens the installation, and replaces the one before", async () => {
  const first = await admin("setup-link", "--json");
  const second = await admin("setup-link");
  const code = (text: string) => new URL(text).searchParams.get("code") ?? "";
  expect(second.stdout).toMatch(/^https:\/\/desk\.example\/setup\?code=/);
  expect(await checkSetupCode(databaseOf(pool), code(JSON.parse(first.stdout).setupLink))).toMatchObject({
    state: "wrong",
  });
  expect(await checkSetupCode(databaseOf(pool), code(second.stdout))).toMatchObject({ state: "right" });
});

test("once there is an owner, no setup link is given out, and people are invited by link", async () => {
  expect(await admin("member", "invite")).toMatchObject({ code: 1, stdout: expect.stringContaining("Nobody owns") });
  await ownerOf(databaseOf(pool), "Nora");
  expect(await admin("setup-link")).toMatchObject({ code: 1, stdout: expect.stringContaining("has an owner already") });

  const { invitationLink } = JSON.parse((await admin("member", "invite", "--role", "admin", "--json")).stdout);
  const token = new URL(invitationLink).pathname.split("/").at(-1) ?? "";
  expect(await readInvitation(databaseOf(pool), token)).toMatchObject({
    state: "open",
    invitation: { role: "admin", invitedBy: "Nora" },
  });
  expect(await admin("member", "invite", "--role", "owner")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("as admin or agent"),
  });
});

test("what was set aside is listed by its reasons and delivered again, one, all of a reason or everything", async () => {
  const db = databaseOf(pool);
  const keep = (reason: string) =>
    db.execute<{ id: string }>(sql`
      insert into set_aside (id, facebook_app_id, account_id, reason, raw, created_at, expires_at)
      values (gen_random_uuid(), '1', '17841', ${reason}, '{"sender":{"id":"1"}}', desk_now(), desk_now() + interval '1 day') returning id`);
  const { rows } = await keep("Not shown yet.");
  for (const reason of ["Not shown yet.", "No connected account has this id.", "It is odd."]) await keep(reason);
  expect((await admin("delivery", "replay")).stdout).toContain("2  Not shown yet.");
  expect(JSON.parse((await admin("delivery", "replay", "--id", rows[0]?.id ?? "", "--json")).stdout)).toEqual({
    ok: true,
    delivered: 1,
  });
  expect(await admin("delivery", "replay", "--reason", "It is odd.")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("1 item is delivered again"),
  });
  expect(await admin("delivery", "replay", "--reason", "It is odd.")).toMatchObject({ code: 1 });
  expect(await admin("delivery", "replay", "--all")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("2 items"),
  });
  const { rows: waiting } = await db.execute<{ body: Buffer }>(sql`select body from delivery`);
  expect(waiting.map(({ body }) => body.toString())).toEqual(
    Array(4).fill('{"object":"instagram","entry":[{"id":"17841","messaging":[{"sender":{"id":"1"}}]}]}'),
  );
});

test("doctor names what does not answer", async () => {
  const server = createServer((_request, response) => response.end("ready")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await runAdmin(["doctor"], { DATABASE_URL: database.url, APP_URL: appUrl })).toMatchObject({ code: 0 });
  server.close();
  await once(server, "close");
  const down = await runAdmin(["doctor"], { DATABASE_URL: database.url, APP_URL: appUrl });
  expect(down).toMatchObject({ code: 1, stdout: expect.stringContaining(`✗ App: does not answer at ${appUrl}`) });
  expect(down.stdout).toContain("✓ Database: PostgreSQL");
});

test("complaint 22: doctor warns whoever watches from outside that a key ends, two weeks before", async () => {
  const db = databaseOf(pool);
  const {
    actor: { workspaceId },
  } = await ownerOf(db, "Nora");
  await db.execute(sql`
    insert into channel (workspace_id, id, facebook_app_id, page_id, page_name, account_id, username, state, data_access_expires_at)
    values (${workspaceId}, gen_random_uuid(), '1', '1', 'Page', '17841', 'nora.ceramics', 'healthy', desk_now() + interval '15 days')`);
  expect((await admin("doctor")).stdout).toContain("✓ @nora.ceramics: connected");
  await db.execute(sql`update channel set data_access_expires_at = desk_now() + interval '13 days 2 hours'`);
  expect(await admin("doctor")).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("✗ @nora.ceramics: the key ends in 14 days. Reconnect the account under Channels"),
  });
});

test("without a running database, and without a command, it says what to do", async () => {
  const lost = await runAdmin(["doctor"], { DATA_DIR: "/tmp/no-such-replydesk" });
  expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining("Start Replydesk first") });
  expect(await runAdmin([], {})).toMatchObject({ code: 2, stderr: expect.stringContaining("setup-link") });
});

function admin(...args: string[]) {
  return runAdmin(args, { DATABASE_URL: database.url, APP_URL: "https://desk.example" });
}
