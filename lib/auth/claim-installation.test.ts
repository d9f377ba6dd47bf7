import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Database, databaseOf, openPool } from "@/lib/db/connection";
import { log } from "@/lib/log";
import { MINUTE } from "@/lib/time";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { person } from "@/test/people";
import { setClock } from "@/test/set-clock";
import { checkSetupCode } from "./check-setup-code";
import { claimInstallation } from "./claim-installation";
import { issueSetupCode } from "./issue-setup-code";

let database: TestDatabase;
let pool: Pool;
let db: Database;

beforeEach(async () => {
  log.level = "silent";
  database = await createTestDatabase();
  pool = openPool(database.url);
  db = databaseOf(pool);
});

afterEach(async () => {
  await setClock(db, 0);
  await pool.end();
  await database.drop();
});

async function freshCode(): Promise<string> {
  const code = await issueSetupCode(db);
  if (!code) throw new Error("No setup code was issued.");
  return code;
}

async function owners(): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>("select name from member where role = 'owner'");
  return rows.map((row) => row.name);
}

test("whoever holds the setup code becomes owner of a new workspace, once", async () => {
  const code = await freshCode();
  expect(await checkSetupCode(db, code)).toEqual({ state: "right" });

  expect(await claimInstallation(db, { code, person: person("Nora Keller") })).toMatchObject({ state: "claimed" });
  expect(await claimInstallation(db, { code, person: person("Tomás Silva") })).toEqual({ state: "owned" });

  expect(await owners()).toEqual(["Nora Keller"]);
  expect((await pool.query("select name from workspace")).rows).toEqual([{ name: "Nora Keller's desk" }]);
  expect((await pool.query("select last from workspace_sequence")).rows).toEqual([{ last: 0 }]);
});

test("a wrong code opens nothing", async () => {
  await freshCode();
  expect(await claimInstallation(db, { code: "guessed", person: person("Sam Stranger") })).toEqual({ state: "wrong" });
  expect(await owners()).toEqual([]);
});

test("a newer code replaces the earlier one, and the database keeps neither", async () => {
  const [earlier, newer] = [await freshCode(), await freshCode()];
  expect(await checkSetupCode(db, earlier)).toEqual({ state: "wrong" });
  expect(await checkSetupCode(db, newer)).toEqual({ state: "right" });
  const kept = JSON.stringify((await pool.query("select * from setup_code")).rows);
  expect(kept).not.toContain(newer);
});

test("once an owner exists no code is issued and every code is void", async () => {
  const code = await freshCode();
  await claimInstallation(db, { code, person: person("Nora Keller") });
  expect(await issueSetupCode(db)).toBeNull();
  expect(await checkSetupCode(db, code)).toEqual({ state: "owned" });
});

test("two sign-ins with the right code at the same moment make one owner", async () => {
  const code = await freshCode();
  const claims = await Promise.all(
    ["Nora Keller", "Ingrid Berg", "Tomás Silva"].map((name) => claimInstallation(db, { code, person: person(name) })),
  );
  expect(claims.map(({ state }) => state).sort()).toEqual(["claimed", "owned", "owned"]);
  expect(await owners()).toHaveLength(1);
  expect((await pool.query("select from workspace")).rowCount).toBe(1);
});

test("after ten wrong codes even the right one waits a quarter of an hour", async () => {
  const code = await freshCode();
  for (let n = 0; n < 10; n += 1) expect(await checkSetupCode(db, `wrong ${n}`)).toEqual({ state: "wrong" });
  expect(await checkSetupCode(db, code)).toEqual({ state: "blocked", minutes: 15 });
  expect(await claimInstallation(db, { code, person: person("Nora Keller") })).toMatchObject({ state: "blocked" });

  await setClock(db, 14 * MINUTE);
  expect(await checkSetupCode(db, code)).toEqual({ state: "blocked", minutes: 1 });
  await setClock(db, 15 * MINUTE);
  expect(await checkSetupCode(db, code)).toEqual({ state: "right" });
});

test("guesses made at the same moment do not pass the limit together", async () => {
  await freshCode();
  const checks = await Promise.all(Array.from({ length: 30 }, (_, n) => checkSetupCode(db, `wrong ${n}`)));
  expect(checks.filter(({ state }) => state === "wrong")).toHaveLength(10);
});

test("a fresh code, as every start prints it, lifts the block", async () => {
  await freshCode();
  for (let n = 0; n < 11; n += 1) await checkSetupCode(db, `wrong ${n}`);
  expect(await checkSetupCode(db, await freshCode())).toEqual({ state: "right" });
});
