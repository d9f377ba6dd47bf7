import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newId } from "@/lib/ids";
import type { Ctx, Role } from "@/lib/inbox/context";
import { listConversations } from "@/lib/inbox/list-conversations";
import { listSetAside } from "@/lib/inbox/list-set-aside";
import { readThread } from "@/lib/inbox/read-thread";
import {
  APP_ID,
  addWorkspace,
  type DeskFixture,
  deliver,
  envelope,
  openDesk,
  type WorkspaceFixture,
} from "@/test/desk-fixture";
import { ingestDeliveries } from "./ingest-deliveries";
import { derivedId } from "./item-place";
import { nameRawItem } from "./name-raw-item";
import { replaySetAside } from "./replay-set-aside";

let desk: DeskFixture;
let shop: WorkspaceFixture;
let other: WorkspaceFixture;
let account = 17841400200000000n;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());
beforeEach(async () => {
  await desk.db.execute(sql`delete from set_aside`);
  account += 2n;
  shop = await addWorkspace(desk, { accountId: String(account) });
  other = await addWorkspace(desk, { accountId: String(account + 1n) });
});

const ANA = "6622334455667788";
const START = Date.UTC(2026, 10, 20, 9, 0, 0);
const NOT_SHOWN = "Not shown yet.";

const item = (parts: object, at = START) => ({
  sender: { id: ANA },
  recipient: { id: shop.accountId },
  timestamp: at,
  ...parts,
});
const hologram = (mid: string) =>
  item({ message: { mid, text: "Look", attachments: [{ type: "hologram", payload: { url: "https://e.com/h" } }] } });

async function ingest() {
  while ((await ingestDeliveries(desk.system)) > 0);
}

async function receive(...items: object[]) {
  await deliver(desk, envelope(shop.accountId, ...items));
  await ingest();
}

async function thread() {
  const { conversations } = await listConversations(shop.ctx, {});
  return readThread(shop.ctx, { conversationId: conversations[0]?.id ?? "" });
}

/** As an earlier version kept what it did not know yet. */
async function keptBefore(raw: string, parts: { externalId: string; kind: string; subject?: string }) {
  const { conversation } = await thread();
  await desk.db.execute(sql`
    insert into message (workspace_id, id, conversation_id, channel_id, external_id, direction, origin, kind, attachments, sent_at, arrival, state)
    values (${shop.workspaceId}, ${newId()}, ${conversation.id}, ${shop.channelId}, ${parts.externalId}, 'in', 'customer', ${parts.kind},
      '[{"type":"what_it_was"}]', ${new Date(START).toISOString()}, 50, 'received')`);
  await desk.db.execute(sql`
    insert into set_aside (id, workspace_id, channel_id, facebook_app_id, account_id, reason, external_id, raw, created_at, expires_at)
    values (${newId()}, ${shop.workspaceId}, ${shop.channelId}, ${APP_ID}, ${shop.accountId}, ${NOT_SHOWN}, ${parts.subject ?? parts.externalId},
      convert_to(${raw}, 'UTF8'), desk_now(), desk_now() + interval '30 days')`);
}

const as = (role: Role): Ctx => ({ db: desk.db, actor: { ...shop.member, role } });

test("owners and admins see what was set aside, with its reason, kind and own characters; agents and strangers do not", async () => {
  await receive(hologram("m1"), item({ message: { mid: "m2", text: "Hello" } }));
  const page = await listSetAside(as("admin"), {});
  expect(page.reasons).toEqual([{ reason: NOT_SHOWN, count: 1 }]);
  expect(page.items).toMatchObject([
    { reason: NOT_SHOWN, username: "nora.ceramics", raw: JSON.stringify(hologram("m1")) },
  ]);
  await expect(listSetAside(as("agent"), {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(replaySetAside(as("agent"), { reason: NOT_SHOWN })).rejects.toMatchObject({ code: "forbidden" });
  expect(await listSetAside(other.ctx, {})).toEqual({ reasons: [], items: [], next: null });
  expect(await replaySetAside(other.ctx, { id: page.items[0]?.id ?? "" })).toBe(0);
  expect(await replaySetAside(other.ctx, { reason: NOT_SHOWN })).toBe(0);
});

test("complaint 6: what comes for an account that was disconnected is seen by its workspace, and by no other", async () => {
  await desk.db.execute(sql`update channel set state = 'disconnected' where id = ${shop.channelId}`);
  await receive(item({ message: { mid: "m1", text: "Hello?" } }));
  await deliver(desk, envelope("17841499999999999", item({ message: { mid: "x", text: "foreign" } })));
  await ingest();
  expect((await listSetAside(shop.ctx, {})).items.map((row) => [row.reason, row.username])).toEqual([
    ["No connected account has this id.", null],
  ]);
  expect((await listSetAside(other.ctx, {})).items).toEqual([]);
  await desk.db.execute(sql`update channel set state = 'healthy' where id = ${shop.channelId}`);
  await replaySetAside(shop.ctx, { reason: "No connected account has this id." });
  await ingest();
  expect((await thread()).messages.map((message) => message.text)).toEqual(["Hello?"]);
});

test("what still cannot be shown comes back once, and its message is neither doubled nor unread again", async () => {
  await receive(hologram("m1"));
  const [before] = (await listSetAside(shop.ctx, {})).items;
  expect(await replaySetAside(shop.ctx, { id: before?.id ?? "" })).toBe(1);
  await ingest();
  const { messages, conversation } = await thread();
  expect(messages.map((message) => [message.text, message.attachments[0]?.type])).toEqual([["Look", "hologram"]]);
  expect(conversation.unread).toBe(1);
  expect((await listSetAside(shop.ctx, {})).items.map((row) => row.raw)).toEqual([before?.raw]);
});

test("complaint 9: what a newer version can show takes the place of what stood for it", async () => {
  await receive(item({ message: { mid: "m1", text: "first" } }));
  const post = item({
    message: { mid: "m2", attachments: [{ type: "ig_post", payload: { url: "https://cdn.example/p" } }] },
  });
  const reaction = JSON.stringify(item({ reaction: { mid: "m1", action: "react", emoji: "😂" } }, START + 5));
  const edit = JSON.stringify(item({ message_edit: { mid: "m1", text: "second", num_edit: "1" } }, START + 6));
  await keptBefore(JSON.stringify(post), { externalId: "m2", kind: "other" });
  await keptBefore(reaction, { externalId: derivedId(reaction), kind: "event", subject: "m1" });
  await keptBefore(edit, { externalId: derivedId(edit), kind: "event", subject: "m1" });
  expect(await replaySetAside(shop.ctx, { reason: NOT_SHOWN })).toBe(3);
  await ingest();
  const { messages, conversation } = await thread();
  expect(messages.map((message) => [message.kind, message.text, message.reactions[0]?.emoji])).toEqual(
    expect.arrayContaining([
      ["text", "second", "😂"],
      ["share", null, undefined],
    ]),
  );
  expect(messages).toHaveLength(2);
  expect(conversation.preview).toMatchObject({ kind: "reaction", text: "😂" });
  expect((await listSetAside(shop.ctx, {})).items).toEqual([]);
});

test("a replay after the unsend brings nothing back", async () => {
  await receive(hologram("m1"));
  await receive(item({ message: { mid: "m1", is_deleted: true } }, START + 1));
  expect((await listSetAside(shop.ctx, {})).items).toEqual([]);
  expect(await replaySetAside(shop.ctx, { reason: NOT_SHOWN })).toBe(0);
});

test("comments and whole bodies are delivered as they came, and set aside as before", async () => {
  const comment = { field: "comments", value: { id: "1", text: "link?" } };
  await deliver(desk, { object: "instagram", entry: [{ id: shop.accountId, time: 1, changes: [comment] }] });
  await deliver(desk, Buffer.from([0xff, 0x00, 0x7b]));
  await ingest();
  expect(await replaySetAside(shop.ctx, { reason: "Not shown yet: comments." })).toBe(1);
  expect(await replaySetAside(desk.system, { reason: "It is not JSON." })).toBe(1);
  await ingest();
  const { rows } = await desk.db.execute<{ reason: string; raw: Buffer }>(
    sql`select reason, raw from set_aside order by reason`,
  );
  expect(rows).toEqual([
    { reason: "It is not JSON.", raw: Buffer.from([0xff, 0x00, 0x7b]) },
    { reason: "Not shown yet: comments.", raw: Buffer.from(JSON.stringify(comment)) },
  ]);
});

test("long lists come in pages", async () => {
  await receive(...Array.from({ length: 70 }, (_, i) => hologram(`m${i}`)));
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listSetAside(shop.ctx, { after, reason: NOT_SHOWN });
    seen.push(...page.items.map((row) => row.id));
    after = page.next ?? undefined;
  } while (after);
  expect(new Set(seen).size).toBe(70);
  expect(await replaySetAside(shop.ctx, { reason: NOT_SHOWN })).toBe(70);
});

test.each([
  ['{"sender":{"id":"1"},"recipient":{"id":"2"},"timestamp":1,"message":{"mid":"m"}}', "Message"],
  ['{"recipient":{"id":"2"},"sender":{"id":"1"},"reaction":{"mid":"m"}}', "Reaction"],
  ['{"sender":{"id":"1"},"pass_thread_control":{}}', "Hand-over"],
  ['{"field":"comments","value":{"id":"1"}}', "Comment"],
  ['{"sender":{"id":"1"},"holo_call":{"x":1}}', "holo call"],
  ["\ufffd\u0000{", "Unknown"],
  ["42", "Unknown"],
])("%s is called %s", (raw, name) => {
  expect(nameRawItem(raw)).toBe(name);
});
