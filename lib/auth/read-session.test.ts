import { encode } from "next-auth/jwt";
import type { Pool } from "pg";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, databaseOf, openPool } from "@/lib/db/connection";
import type { Membership } from "@/lib/db/tables/workspace";
import { acceptInvitation } from "@/lib/inbox/accept-invitation";
import { changeRole } from "@/lib/inbox/change-role";
import { inviteMember } from "@/lib/inbox/invite-member";
import { removeMember } from "@/lib/inbox/remove-member";
import { signInMember } from "@/lib/inbox/sign-in-member";
import { DAY, HOUR } from "@/lib/time";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { joined, type MemberCtx, ownerOf, person, system } from "@/test/people";
import { setClock } from "@/test/set-clock";
import { useSettings } from "@/test/settings";
import { readMember, readSession } from "./read-session";

const SECRET = "a secret of at least thirty-two characters";
const COOKIE = "next-auth.session-token";

let database: TestDatabase;
let pool: Pool;
let db: Database;
let owner: MemberCtx;
let agent: MemberCtx;

beforeAll(() => {
  useSettings({ APP_URL: "http://localhost:3000", AUTH_SECRET: SECRET });
});

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url);
  db = databaseOf(pool);
  owner = await ownerOf(db, "Nora Keller");
  agent = await joined(owner, "agent", "Tomás Silva");
});

afterEach(async () => {
  await setClock(db, 0);
  await pool.end();
  await database.drop();
});

async function signIn(name: string): Promise<Membership> {
  const membership = await signInMember(system(db), person(name));
  if (!membership) throw new Error(`${name} is not a member.`);
  return membership;
}

function seal({ memberId, workspaceId, since }: Membership, secret = SECRET): Promise<string> {
  return encode({ token: { sub: memberId, workspaceId, since }, secret });
}

async function cookieOf(name: string): Promise<string> {
  return `theme=dark; ${COOKIE}=${await seal(await signIn(name))}; other=1`;
}

test("the cookie names the member, whose name and role are read from the database", async () => {
  const cookie = await cookieOf("Tomás Silva");
  expect(await readMember(db, cookie)).toMatchObject({
    type: "member",
    id: agent.actor.id,
    name: "Tomás Silva",
    role: "agent",
  });
  await changeRole(owner, { memberId: agent.actor.id, role: "admin" });
  expect(await readMember(db, cookie)).toMatchObject({ role: "admin" });
});

test("nobody is signed in without a cookie, with a tampered one, or with one of another secret", async () => {
  const membership = await signIn("Tomás Silva");
  const token = await seal(membership);
  const tampered = `${token.slice(0, -6)}${token.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA"}`;
  const foreign = await seal(membership, "another secret of thirty-two characters");
  for (const cookie of [
    undefined,
    "",
    `${COOKIE}=`,
    `${COOKIE}=nonsense`,
    `${COOKIE}=a.b.c.d.e`,
    `${COOKIE}=${tampered}`,
    `${COOKIE}=${token.slice(0, -1)}`,
    `${COOKIE}=${foreign}`,
    `someone-elses-cookie=${token}`,
  ]) {
    expect(await readMember(db, cookie)).toBeNull();
  }
});

test("a cookie that says something other than a membership is nobody's", async () => {
  const { memberId, workspaceId, since } = await signIn("Tomás Silva");
  for (const token of [
    {},
    { sub: memberId },
    { sub: memberId, workspaceId },
    { sub: "1 or 1=1", workspaceId, since },
    { sub: memberId, workspaceId: null, since },
    { sub: memberId, workspaceId, since: 1.5 },
    { sub: memberId, workspaceId: memberId, since },
    { sub: workspaceId, workspaceId, since },
  ]) {
    expect(await readMember(db, `${COOKIE}=${await encode({ token, secret: SECRET })}`)).toBeNull();
  }
});

test("a session that next-auth split over several cookies is put together in order", async () => {
  const membership = await signIn("Tomás Silva");
  const token = await seal(membership);
  const cut = Math.floor(token.length / 2);
  const cookie = `${COOKIE}.1=${token.slice(cut)}; ${COOKIE}.0=${token.slice(0, cut)}`;
  expect(await readMember(db, cookie)).toMatchObject({ id: agent.actor.id });
});

test("behind https the cookie has its own prefix", async () => {
  const membership = await signIn("Tomás Silva");
  const token = await seal(membership);
  const options = { secret: SECRET, cookieName: `__Secure-${COOKIE}` };
  expect(await readSession(`__Secure-${COOKIE}=${token}`, options)).toEqual(membership);
  expect(await readSession(`${COOKIE}=${token}`, options)).toBeNull();
});

test("a session ends after 30 days", async () => {
  const cookie = await cookieOf("Tomás Silva");
  await setClock(db, 30 * DAY - HOUR);
  expect(await readMember(db, cookie)).not.toBeNull();
  await setClock(db, 30 * DAY + HOUR);
  expect(await readMember(db, cookie)).toBeNull();
});

test("a removed member is signed out at once, and coming back does not revive the old session", async () => {
  const before = await cookieOf("Tomás Silva");
  await removeMember(owner, { memberId: agent.actor.id });
  expect(await readMember(db, before)).toBeNull();

  const { token } = await inviteMember(owner, { role: "agent" });
  await acceptInvitation(system(db), { token, person: person("Tomás Silva") });
  expect(await readMember(db, before)).toBeNull();
  expect(await readMember(db, await cookieOf("Tomás Silva"))).toMatchObject({ id: agent.actor.id });
});
