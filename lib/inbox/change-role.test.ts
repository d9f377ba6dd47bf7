import type { Pool } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Database, databaseOf, openPool } from "@/lib/db/connection";
import { newId } from "@/lib/ids";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { joined, type MemberCtx, otherWorkspace, ownerOf, people } from "@/test/people";
import { changeRole } from "./change-role";
import { inviteMember } from "./invite-member";
import { listMembers } from "./list-members";
import { removeMember } from "./remove-member";
import { renameWorkspace } from "./rename-workspace";
import { revokeInvitation } from "./revoke-invitation";

let database: TestDatabase;
let pool: Pool;
let db: Database;
let owner: MemberCtx;
let admin: MemberCtx;
let agent: MemberCtx;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url);
  db = databaseOf(pool);
  owner = await ownerOf(db, "Nora Keller");
  admin = await joined(owner, "admin", "Ingrid Berg");
  agent = await joined(owner, "agent", "Tomás Silva");
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

const forbidden = { code: "forbidden" };

test("an admin invites, revokes and removes agents, and nobody above", async () => {
  const { id } = await inviteMember(admin, { role: "agent" });
  await revokeInvitation(admin, { id });
  await expect(inviteMember(admin, { role: "admin" })).rejects.toMatchObject(forbidden);
  const invitation = await inviteMember(owner, { role: "admin" });
  await expect(revokeInvitation(admin, { id: invitation.id })).rejects.toMatchObject(forbidden);
  await expect(changeRole(admin, { memberId: agent.actor.id, role: "admin" })).rejects.toMatchObject(forbidden);
  await expect(removeMember(admin, { memberId: owner.actor.id })).rejects.toMatchObject(forbidden);
  await removeMember(admin, { memberId: agent.actor.id });
  expect(await people(owner)).toEqual({ "Nora Keller": "owner", "Ingrid Berg": "admin" });
});

test("an agent manages nobody and sees neither e-mail addresses nor invitations", async () => {
  const { id } = await inviteMember(owner, { role: "agent" });
  await pool.query("update member set email = 'nora@example.com' where id = $1", [owner.actor.id]);
  await expect(inviteMember(agent, { role: "agent" })).rejects.toMatchObject(forbidden);
  await expect(revokeInvitation(agent, { id })).rejects.toMatchObject(forbidden);
  await expect(changeRole(agent, { memberId: agent.actor.id, role: "owner" })).rejects.toMatchObject(forbidden);
  await expect(removeMember(agent, { memberId: admin.actor.id })).rejects.toMatchObject(forbidden);
  await expect(renameWorkspace(agent, { name: "Mine" })).rejects.toMatchObject(forbidden);
  const list = await listMembers(agent);
  expect(list.invitations).toEqual([]);
  expect(list.members.map(({ name, email }) => [name, email])).toEqual([
    ["Nora Keller", null],
    ["Ingrid Berg", null],
    ["Tomás Silva", null],
  ]);
});

test("nobody is invited as owner; an owner makes another owner", async () => {
  await expect(inviteMember(owner, { role: "owner" })).rejects.toMatchObject({ code: "invalid" });
  await expect(changeRole(owner, { memberId: agent.actor.id, role: "boss" })).rejects.toMatchObject({
    code: "invalid",
  });
  await changeRole(owner, { memberId: agent.actor.id, role: "owner" });
  expect(await people(owner)).toMatchObject({ "Nora Keller": "owner", "Tomás Silva": "owner" });
});

test("the last owner stays: not demoted, not removed, also when two owners try it on each other at once", async () => {
  const conflict = { code: "conflict", message: expect.stringContaining("only owner") };
  await expect(changeRole(owner, { memberId: owner.actor.id, role: "agent" })).rejects.toMatchObject(conflict);
  await expect(removeMember(owner, { memberId: owner.actor.id })).rejects.toMatchObject(conflict);

  await changeRole(owner, { memberId: admin.actor.id, role: "owner" });
  const second: MemberCtx = { ...admin, actor: { ...admin.actor, role: "owner" } };
  await Promise.allSettled([
    changeRole(owner, { memberId: second.actor.id, role: "agent" }),
    removeMember(second, { memberId: owner.actor.id }),
  ]);
  const left = Object.values(await people(owner)).filter((role) => role === "owner");
  expect(left).toHaveLength(1);
});

test("a role that was just taken away no longer counts, even for a page that still shows it", async () => {
  await changeRole(owner, { memberId: admin.actor.id, role: "agent" });
  await expect(removeMember(admin, { memberId: agent.actor.id })).rejects.toMatchObject(forbidden);
  await expect(inviteMember(admin, { role: "agent" })).rejects.toMatchObject(forbidden);
  await removeMember(owner, { memberId: admin.actor.id });
  await expect(inviteMember(admin, { role: "agent" })).rejects.toMatchObject({ code: "unauthenticated" });
});

test("ids of another workspace are answered like ids that do not exist", async () => {
  const other = await otherWorkspace(db, "Fjord Knits");
  const foreign = await inviteMember(other, { role: "agent" });
  for (const memberId of [other.actor.id, newId(), "nonsense"]) {
    const absent = { code: "not_found", message: "There is no such member." };
    await expect(changeRole(owner, { memberId, role: "admin" })).rejects.toMatchObject(absent);
    await expect(removeMember(owner, { memberId })).rejects.toMatchObject(absent);
  }
  for (const id of [foreign.id, newId(), "nonsense"]) {
    const absent = { code: "not_found", message: "There is no such invitation." };
    await expect(revokeInvitation(owner, { id })).rejects.toMatchObject(absent);
  }
  expect((await listMembers(other)).invitations).toHaveLength(1);
  expect(await people(other)).toEqual({ "Fjord Knits": "owner" });
});

test("the workspace takes another name", async () => {
  await renameWorkspace(admin, { name: "  Nora\n Ceramics " });
  expect((await pool.query("select name from workspace")).rows).toEqual([{ name: "Nora Ceramics" }]);
  await expect(renameWorkspace(admin, { name: " \u0000 " })).rejects.toMatchObject({ code: "invalid" });
  await expect(renameWorkspace(admin, { name: "x".repeat(61) })).rejects.toMatchObject({ code: "invalid" });
});
