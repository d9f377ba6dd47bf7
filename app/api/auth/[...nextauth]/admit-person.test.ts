import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Tickets } from "@/app/(welcome)/tickets";
import { issueSetupCode } from "@/lib/auth/issue-setup-code";
import { type Database, databaseOf, openPool } from "@/lib/db/connection";
import { inviteMember } from "@/lib/inbox/invite-member";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { joined, ownerOf, people, person } from "@/test/people";
import { admitPerson } from "./admit-person";

let database: TestDatabase;
let pool: Pool;
let db: Database;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url);
  db = databaseOf(pool);
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

const admit = (name: string, tickets: Partial<Tickets> = {}) =>
  admitPerson(db, person(name), { setup: null, invitation: null, ...tickets });

test("nobody comes into a fresh installation without the setup code", async () => {
  const code = await issueSetupCode(db);
  expect(await admit("Sam Stranger")).toEqual({
    admission: { turnedAwayTo: "/sign-in?error=not_a_member" },
    used: null,
  });
  expect(await admit("Sam Stranger", { setup: "guessed" })).toMatchObject({
    admission: { turnedAwayTo: "/setup?error=not_a_member" },
  });
  expect(await admit("Nora Keller", { setup: code })).toMatchObject({ admission: { membership: {} }, used: "setup" });
});

test("a setup code that an owner left behind opens nothing", async () => {
  const code = await issueSetupCode(db);
  const owner = await admit("Nora Keller", { setup: code });
  expect(await admit("Sam Stranger", { setup: code })).toMatchObject({
    admission: { turnedAwayTo: "/setup?error=not_a_member" },
  });
  expect(await admit("Nora Keller", { setup: code })).toEqual({ ...owner, used: null });
});

test("a stranger is turned away, one with an invitation comes in, and then without it", async () => {
  const owner = await ownerOf(db, "Nora Keller");
  const { token } = await inviteMember(owner, { role: "agent" });
  expect(await admit("Tomás Silva")).toMatchObject({ admission: { turnedAwayTo: "/sign-in?error=not_a_member" } });
  const first = await admit("Tomás Silva", { invitation: token });
  expect(first).toMatchObject({ used: "invitation" });
  expect(await admit("Tomás Silva")).toEqual({ ...first, used: null });
  expect(await admit("Sam Stranger", { invitation: token })).toMatchObject({
    admission: { turnedAwayTo: "/invitation?error=not_a_member" },
  });
  expect(await people(owner)).toEqual({ "Nora Keller": "owner", "Tomás Silva": "agent" });
});

test("a member who carries somebody else's invitation signs in and leaves it unused", async () => {
  const owner = await ownerOf(db, "Nora Keller");
  await joined(owner, "agent", "Tomás Silva");
  const { token } = await inviteMember(owner, { role: "admin" });
  expect(await admit("Tomás Silva", { invitation: token })).toMatchObject({ used: null });
  expect(await admit("Ingrid Berg", { invitation: token })).toMatchObject({ used: "invitation" });
  expect(await people(owner)).toMatchObject({ "Tomás Silva": "agent", "Ingrid Berg": "admin" });
});

test("a new name or picture at Facebook is taken over with the next sign-in", async () => {
  const owner = await ownerOf(db, "Nora Keller");
  await admitPerson(
    db,
    { ...person("Nora Keller"), name: "Nora Keller-Lind", email: "nora@example.com" },
    { setup: null, invitation: null },
  );
  expect(await people(owner)).toEqual({ "Nora Keller-Lind": "owner" });
});
