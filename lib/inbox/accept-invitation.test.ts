import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Database, databaseOf, openPool } from "@/lib/db/connection";
import { log } from "@/lib/log";
import { DAY, HOUR, MINUTE } from "@/lib/time";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { joined, type MemberCtx, ownerOf, people, person, system } from "@/test/people";
import { setClock } from "@/test/set-clock";
import { acceptInvitation } from "./accept-invitation";
import { changeRole } from "./change-role";
import { inviteMember } from "./invite-member";
import { listMembers } from "./list-members";
import { readInvitation } from "./read-invitation";
import { removeMember } from "./remove-member";
import { revokeInvitation } from "./revoke-invitation";

let database: TestDatabase;
let pool: Pool;
let db: Database;
let owner: MemberCtx;

beforeEach(async () => {
  log.level = "silent";
  database = await createTestDatabase();
  pool = openPool(database.url);
  db = databaseOf(pool);
  owner = await ownerOf(db, "Nora Keller");
});

afterEach(async () => {
  await setClock(db, 0);
  await pool.end();
  await database.drop();
});

const accept = (token: string, name: string) => acceptInvitation(system(db), { token, person: person(name) });

test("a link makes one person a member with the invited role, and nobody else", async () => {
  const { token } = await inviteMember(owner, { role: "agent" });
  expect(await readInvitation(db, token)).toMatchObject({
    state: "open",
    invitation: { workspaceName: "Nora Keller's desk", invitedBy: "Nora Keller", role: "agent" },
  });
  expect(await accept(token, "Tomás Silva")).toMatchObject({ state: "joined" });
  expect(await accept(token, "Sam Stranger")).toEqual({ state: "used" });
  expect(await readInvitation(db, token)).toMatchObject({ state: "used" });
  expect(await people(owner)).toEqual({ "Nora Keller": "owner", "Tomás Silva": "agent" });
});

test("of two people who use a link at the same moment one gets in", async () => {
  const { token } = await inviteMember(owner, { role: "agent" });
  const outcomes = await Promise.all([accept(token, "Tomás Silva"), accept(token, "Ingrid Berg")]);
  expect(outcomes.map(({ state }) => state).sort()).toEqual(["joined", "used"]);
  expect(Object.keys(await people(owner))).toHaveLength(2);
});

test("the database keeps no token, and the list of open invitations shows none", async () => {
  const { token } = await inviteMember(owner, { role: "agent" });
  expect(JSON.stringify((await pool.query("select * from invitation")).rows)).not.toContain(token);
  const { invitations } = await listMembers(owner);
  expect(invitations).toMatchObject([{ role: "agent", invitedBy: "Nora Keller" }]);
  expect(JSON.stringify(invitations)).not.toContain(token);
});

test("a link ends after seven days", async () => {
  const { token } = await inviteMember(owner, { role: "agent" });
  await setClock(db, 7 * DAY - HOUR);
  expect(await readInvitation(db, token)).toMatchObject({ state: "open" });
  await setClock(db, 7 * DAY);
  expect(await accept(token, "Tomás Silva")).toEqual({ state: "expired" });
  expect((await listMembers(owner)).invitations).toEqual([]);
});

test("a revoked link lets nobody in; revoking twice is once; a used one cannot be revoked", async () => {
  const { id, token } = await inviteMember(owner, { role: "agent" });
  await revokeInvitation(owner, { id });
  await revokeInvitation(owner, { id });
  expect(await accept(token, "Tomás Silva")).toEqual({ state: "revoked" });
  expect((await listMembers(owner)).invitations).toEqual([]);

  const second = await inviteMember(owner, { role: "agent" });
  await accept(second.token, "Tomás Silva");
  await expect(revokeInvitation(owner, { id: second.id })).rejects.toMatchObject({ code: "conflict" });
});

test("who is a member already leaves the link for somebody else", async () => {
  const { token } = await inviteMember(owner, { role: "agent" });
  expect(await accept(token, "Nora Keller")).toEqual({ state: "already_member" });
  expect(await accept(token, "Tomás Silva")).toMatchObject({ state: "joined" });
  expect(await people(owner)).toMatchObject({ "Nora Keller": "owner" });
});

test("who was removed comes back as the same member, with the new role", async () => {
  const agent = await joined(owner, "agent", "Tomás Silva");
  await removeMember(owner, { memberId: agent.actor.id });
  const again = await joined(owner, "admin", "Tomás Silva");
  expect(again.actor.id).toBe(agent.actor.id);
  expect(await people(owner)).toEqual({ "Nora Keller": "owner", "Tomás Silva": "admin" });
});

test("the links of an admin end with the admin's right to give them", async () => {
  const admin = await joined(owner, "admin", "Ingrid Berg");
  const first = await inviteMember(admin, { role: "agent" });
  await changeRole(owner, { memberId: admin.actor.id, role: "agent" });
  expect(await accept(first.token, "Tomás Silva")).toEqual({ state: "revoked" });

  await changeRole(owner, { memberId: admin.actor.id, role: "admin" });
  const second = await inviteMember(admin, { role: "agent" });
  await removeMember(owner, { memberId: admin.actor.id });
  expect(await accept(second.token, "Tomás Silva")).toEqual({ state: "revoked" });
  expect((await listMembers(owner)).invitations).toEqual([]);
});

test("after many unknown links every link waits a quarter of an hour", async () => {
  const { token } = await inviteMember(owner, { role: "agent" });
  for (let n = 0; n < 50; n += 1) expect(await readInvitation(db, `guess ${n}`)).toEqual({ state: "unknown" });
  expect(await readInvitation(db, token)).toMatchObject({ state: "blocked", minutes: 15 });
  expect(await accept(token, "Tomás Silva")).toEqual({ state: "blocked" });
  await setClock(db, 15 * MINUTE);
  expect(await accept(token, "Tomás Silva")).toMatchObject({ state: "joined" });
});

test("every change of who belongs is an event", async () => {
  const agent = await joined(owner, "agent", "Tomás Silva");
  await changeRole(owner, { memberId: agent.actor.id, role: "admin" });
  await removeMember(owner, { memberId: agent.actor.id });
  const { rows } = await pool.query<{ type: string; sequence: number }>(
    "select type, sequence from event order by sequence",
  );
  expect(rows).toEqual([1, 2, 3, 4].map((sequence) => ({ type: "members.changed", sequence })));
});
