import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { listConversations } from "@/lib/inbox/list-conversations";
import { readThread } from "@/lib/inbox/read-thread";
import { HOUR } from "@/lib/time";
import {
  addWorkspace,
  type DeskFixture,
  deliver,
  envelope,
  openDesk,
  type WorkspaceFixture,
} from "@/test/desk-fixture";
import { holdConversation } from "@/test/hold-conversation";
import { setClock } from "@/test/set-clock";
import { useSettings } from "@/test/settings";
import { fetchProfile } from "./fetch-profile";
import { ingestDeliveries } from "./ingest-deliveries";

let desk: DeskFixture;
let shop: WorkspaceFixture;
let graph: Server;
let asked = 0;
let answer: { status: number; body: object };
let account = 17841400400000000n;

beforeAll(async () => {
  graph = createServer((_request, response) => {
    asked += 1;
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => graph.listen(0, "127.0.0.1", resolve));
  useSettings({ FACEBOOK_GRAPH_URL: `http://127.0.0.1:${(graph.address() as AddressInfo).port}` });
  desk = await openDesk();
});
afterAll(async () => {
  graph.closeAllConnections();
  graph.close();
  await desk?.close();
});
beforeEach(async () => {
  asked = 0;
  account += 1n;
  shop = await addWorkspace(desk, { accountId: String(account) });
});

const ANA = "6622334455667788";
const refused = (code: number, message: string) => ({ status: 400, body: { error: { code, message } } });

async function receive(mid: string, from = ANA) {
  const parties = { sender: { id: from }, recipient: { id: shop.accountId } };
  await deliver(desk, envelope(shop.accountId, { ...parties, timestamp: Date.now(), message: { mid, text: mid } }));
  while ((await ingestDeliveries(desk.system)) > 0);
}

/** Runs the jobs that look people up, as the worker would. */
async function lookUp() {
  const { rows } = await desk.db.execute<{ payload: { workspaceId: string; contactId: string } }>(sql`
    delete from job where queue = 'profile' and payload ->> 'workspaceId' = ${shop.workspaceId} returning payload`);
  for (const { payload } of rows) await fetchProfile(desk.system, payload);
  return rows.length;
}

async function contact() {
  const { conversations } = await listConversations(shop.ctx, {});
  return (await readThread(shop.ctx, { conversationId: conversations[0]?.id ?? "" })).contact;
}

test("complaint 7, 8: a message is shown without asking Graph anything; only afterwards is its sender looked up", async () => {
  answer = refused(200, "(#200) Requires instagram_manage_messages permission");
  await receive("m1");
  expect(asked).toBe(0);
  expect((await contact()).displayName).toBe("Instagram user …7788");
  expect(await lookUp()).toBe(1);
  const { conversations } = await listConversations(shop.ctx, {});
  expect(conversations).toMatchObject([{ unread: 1, preview: { text: "m1" } }]);
});

test("complaint 34: a person is called by name, else @username, else the end of their id, and is looked up again", async () => {
  answer = { status: 200, body: { id: ANA, username: "ana.lima" } };
  await receive("m1");
  expect((await contact()).displayName).toBe("Instagram user …7788");
  await lookUp();
  expect((await contact()).displayName).toBe("@ana.lima");
  await setClock(desk.db, 25 * HOUR);
  answer = { status: 200, body: { id: ANA, username: "ana.lima", name: "Ana Lima" } };
  await receive("m2");
  expect(await lookUp()).toBe(1);
  expect((await contact()).displayName).toBe("Ana Lima");
  await setClock(desk.db, 0);
});

test("complaint 36: why there is no profile is told in words, the conversation goes on, and the next message asks again", async () => {
  answer = refused(230, "(#230) User consent is required to access user profile");
  await receive("m1");
  await lookUp();
  const without = await contact();
  expect(without.displayName).toBe("Instagram user …7788");
  expect(without.profileProblem).toMatch(/\w+ \w+ \w+/);
  expect(without.profileProblem).not.toContain("#230");
  answer = { status: 200, body: { id: ANA, name: "Ana Lima" } };
  await receive("m2");
  expect(await lookUp()).toBe(1);
  expect(await contact()).toMatchObject({ displayName: "Ana Lima", profileProblem: null });
});

test("complaint 35: a missing permission is named", async () => {
  answer = refused(10, "(#10) Application does not have permission for this action");
  await receive("m1");
  await lookUp();
  expect((await contact()).profileProblem).toContain("Business Asset User Profile Access");
});

test("complaint 50: a conversation that stands still holds up no other one of its account", async () => {
  await receive("b1", "771");
  const { conversations } = await listConversations(shop.ctx, {});
  const held = await holdConversation(desk.url, conversations[0]?.id ?? "", { worker: false });
  await receive("a1", "772");
  const echo = { sender: { id: shop.accountId }, recipient: { id: "773" }, timestamp: Date.now() };
  await deliver(desk, envelope(shop.accountId, { ...echo, message: { mid: "e1", text: "e1", is_echo: true } }));
  while ((await ingestDeliveries(desk.system)) > 0);
  expect((await listConversations(shop.ctx, {})).conversations.map((row) => row.preview?.text).sort()).toEqual([
    "a1",
    "b1",
    "e1",
  ]);
  await held.release();
});
