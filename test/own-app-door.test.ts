import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealAppSecret } from "@/lib/inbox/connect-secrets";
import { addWorkspace, type WorkspaceFixture } from "./desk-fixture";
import { FACEBOOK_APP, type LiveDesk, openLiveDesk } from "./live-desk";
import { postDelivery, postRaw, signatureOf } from "./meta-post";
import { until } from "./until";

/** A channel with a Facebook app of its own has an address of its own, and that app speaks for its accounts alone. */
let live: LiveDesk;
let fjord: WorkspaceFixture;

const OWN = { id: "455667788990011", secret: "abcdefabcdefabcdefabcdefabcdef01" };
const FJORD = "17841400000000077";

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
  fjord = await addWorkspace(live.desk, { accountId: FJORD, facebookAppId: OWN.id });
});
afterAll(() => live?.close());

const address = (appId: string) => `${live.webhookUrl}/${appId}`;

function body(accountId: string, mid: string): string {
  const at = Date.now();
  const item = { sender: { id: "4001" }, recipient: { id: accountId }, timestamp: at, message: { mid, text: mid } };
  return JSON.stringify({ object: "instagram", entry: [{ time: at, id: accountId, messaging: [item] }] });
}

async function bring(workspace: WorkspaceFixture, secret: string, verifyToken: string): Promise<void> {
  const sealed = sealAppSecret({ workspaceId: workspace.workspaceId, facebookAppId: OWN.id }, secret);
  await live.desk.db.execute(sql`
    insert into facebook_app (workspace_id, id, secret_sealed, verify_token, created_at)
    values (${workspace.workspaceId}, ${OWN.id}, ${sql.param(sealed)}, ${verifyToken}, desk_now())
    on conflict (workspace_id, id) do update set secret_sealed = excluded.secret_sealed, created_at = excluded.created_at`);
}

async function shown(workspaceId: string): Promise<string[]> {
  const { rows } = await live.desk.db.execute<{ text: string }>(
    sql`select text from message where workspace_id = ${workspaceId} order by text`,
  );
  return rows.map(({ text }) => text);
}

async function handshake(appId: string, verifyToken: string): Promise<string> {
  const query = new URLSearchParams({ "hub.mode": "subscribe", "hub.challenge": "7", "hub.verify_token": verifyToken });
  const response = await fetch(`${address(appId)}?${query}`);
  return `${response.status} ${await response.text()}`;
}

test("an app that nobody brought is not there; once brought, it is, at once", async () => {
  expect(await postDelivery(address(OWN.id), body(FJORD, "too early"), OWN.secret)).toBe(404);
  expect(await handshake(OWN.id, "verify-fjord")).toMatch(/^404 /);
  await bring(fjord, OWN.secret, "verify-fjord");
  await until("the door knows the app", async () => (await handshake(OWN.id, "verify-fjord")) === "200 7");
  expect(await handshake(OWN.id, "verify-other")).toMatch(/^403 /);
  expect(await handshake(OWN.id, FACEBOOK_APP.verifyToken)).toMatch(/^403 /);
  expect(await handshake("999999", "verify-fjord")).toMatch(/^404 /);
  for (const path of ["abc", "1/2", "%31", "..", "9".repeat(40)])
    expect((await postRaw(`${live.webhookUrl}/${path}`, "{}", {})).status).toBe(404);
});

test("each app is verified by its own secret, and speaks for its own accounts only", async () => {
  expect(await postDelivery(address(OWN.id), body(FJORD, "ours"), OWN.secret)).toBe(200);
  await until("the message is shown", async () => (await shown(fjord.workspaceId)).includes("ours"));

  expect(await postDelivery(address(OWN.id), body(FJORD, "wrong secret"), FACEBOOK_APP.secret)).toBe(401);
  expect(await postDelivery(live.webhookUrl, body(FJORD, "wrong door"), OWN.secret)).toBe(401);
  const unsigned = body(FJORD, "unsigned");
  expect((await postRaw(address(OWN.id), unsigned, {})).status).toBe(401);
  const sha1 = { "x-hub-signature": signatureOf(unsigned, OWN.secret, "sha1") };
  expect((await postRaw(address(OWN.id), unsigned, sha1)).status).toBe(401);

  // Rightly signed, but for an account that is connected through the other app: kept aside, shown nowhere.
  const { accountId, workspaceId } = live.shop;
  expect(await postDelivery(address(OWN.id), body(accountId, "not theirs"), OWN.secret)).toBe(200);
  expect(await postDelivery(live.webhookUrl, body(FJORD, "not ours"), FACEBOOK_APP.secret)).toBe(200);
  await until("both are set aside", async () => {
    const { rows } = await live.desk.db.execute<{ n: number }>(
      sql`select count(*)::int as n from set_aside where workspace_id is null`,
    );
    return rows[0]?.n === 2;
  });
  expect(await shown(workspaceId)).toEqual([]);
  expect(await shown(fjord.workspaceId)).toEqual(["ours"]);
});

test("a secret that was changed counts at once, and the one before no more", async () => {
  const renewed = "0123456701234567012345670123abcd";
  await bring(fjord, renewed, "verify-fjord");
  await until(
    "the new secret counts",
    async () => (await postDelivery(address(OWN.id), body(FJORD, "new"), renewed)) === 200,
  );
  expect(await postDelivery(address(OWN.id), body(FJORD, "old"), OWN.secret)).toBe(401);
  await live.desk.db.execute(sql`delete from facebook_app`);
  await until(
    "the app is gone",
    async () => (await postDelivery(address(OWN.id), body(FJORD, "late"), renewed)) === 404,
  );
});
