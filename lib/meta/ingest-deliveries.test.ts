import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listConversations } from "@/lib/inbox/list-conversations";
import { markRead } from "@/lib/inbox/mark-read";
import { readChanges } from "@/lib/inbox/read-changes";
import { readThread } from "@/lib/inbox/read-thread";
import {
  addWorkspace,
  type DeskFixture,
  deliver,
  envelope,
  openDesk,
  type WorkspaceFixture,
} from "@/test/desk-fixture";
import { ingestDeliveries } from "./ingest-deliveries";

let desk: DeskFixture;
let shop: WorkspaceFixture;
let account = 17841400000000000n;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  account += 1n;
  shop = await addWorkspace(desk, { accountId: String(account) });
});

const ANA = "6622334455667788";
const START = Date.UTC(2026, 10, 20, 9, 0, 0);

function said(mid: string, text: string, at = START, extra: object = {}) {
  return { sender: { id: ANA }, recipient: { id: shop.accountId }, timestamp: at, message: { mid, text, ...extra } };
}

async function ingest() {
  while ((await ingestDeliveries(desk.system)) > 0);
}

async function onlyThread() {
  const { conversations } = await listConversations(shop.ctx, {});
  const [conversation] = conversations;
  if (!conversation) throw new Error("no conversation");
  return readThread(shop.ctx, { conversationId: conversation.id });
}

async function setAsideReasons() {
  const { rows } = await desk.db.execute<{ reason: string }>(sql`
    select reason from set_aside where account_id = ${shop.accountId} order by created_at, id`);
  return rows.map((row) => row.reason);
}

describe("what comes in", () => {
  test("a message becomes a conversation with one unread, and its delivery's bytes are gone", async () => {
    await deliver(desk, envelope(shop.accountId, said("m1", "Do you ship to Porto? \u{1F600}")));
    await ingest();
    const thread = await onlyThread();
    expect(thread.messages.map((m) => [m.text, m.direction, m.sentAt])).toEqual([
      ["Do you ship to Porto? \u{1F600}", "in", START],
    ]);
    expect(thread.conversation).toMatchObject({ unread: 1, unansweredSince: START, lastCustomerAt: START });
    expect(thread.conversation.contact.displayName).toBe("Instagram user …7788");
    const { rows } = await desk.db.execute(sql`select 1 from delivery`);
    expect(rows).toEqual([]);
  });

  test("the same delivery again and again is one message and one unread", async () => {
    for (let i = 0; i < 20; i += 1) await deliver(desk, envelope(shop.accountId, said("m1", "Hello")));
    await Promise.all([ingest(), ingest()]);
    const thread = await onlyThread();
    expect(thread.messages).toHaveLength(1);
    expect(thread.conversation.unread).toBe(1);
  });

  test("complaint 49: order is Meta's time, never arrival; what arrives late is still unread", async () => {
    await deliver(desk, envelope(shop.accountId, said("m3", "three", START + 3000)));
    await ingest();
    const before = await onlyThread();
    await markRead(shop.ctx, { conversationId: before.conversation.id, through: before.conversation.unread });
    await deliver(desk, envelope(shop.accountId, said("m1", "one", START + 1000), said("m2", "two", START + 2000)));
    await ingest();
    const thread = await onlyThread();
    expect(thread.messages.map((m) => m.text)).toEqual(["one", "two", "three"]);
    expect(thread.conversation).toMatchObject({
      unread: 2,
      unansweredSince: START + 1000,
      lastCustomerAt: START + 3000,
    });
    expect(thread.conversation.preview?.text).toBe("three");
  });

  test("complaint 12, 17, 20: a story reply and a story mention keep their story, and both open the window", async () => {
    const story = { id: "18000011122233344", url: "https://lookaside.fbsbx.com/story?id=1" };
    await deliver(desk, envelope(shop.accountId, said("m1", "This blue!!", START, { reply_to: { story } })));
    await deliver(
      desk,
      envelope(shop.accountId, {
        sender: { id: "7755" },
        recipient: { id: shop.accountId },
        timestamp: START + 5,
        message: {
          mid: "m2",
          attachments: [{ type: "story_mention", payload: { url: "https://lookaside.fbsbx.com/story?id=2" } }],
        },
      }),
    );
    await ingest();
    const { conversations } = await listConversations(shop.ctx, {});
    expect(conversations.map((c) => [c.preview?.kind, c.lastCustomerAt])).toEqual([
      ["story_mention", START + 5],
      ["story_reply", START],
    ]);
    const threads = await Promise.all(
      conversations.map(({ id: conversationId }) => readThread(shop.ctx, { conversationId })),
    );
    expect(threads.map(({ messages }) => [messages[0]?.text, messages[0]?.story])).toEqual([
      [null, { relation: "mention", url: "https://lookaside.fbsbx.com/story?id=2" }],
      ["This blue!!", { relation: "reply", url: story.url }],
    ]);
  });

  test("complaint 48: an echo from the phone answers, marked as from Instagram", async () => {
    await deliver(desk, envelope(shop.accountId, said("m1", "Hello")));
    await deliver(
      desk,
      envelope(shop.accountId, {
        sender: { id: shop.accountId },
        recipient: { id: ANA },
        timestamp: START + 1000,
        message: { mid: "e1", text: "Hi Ana", is_echo: true },
      }),
    );
    await ingest();
    const thread = await onlyThread();
    expect(thread.messages.map((m) => [m.text, m.direction, m.origin])).toEqual([
      ["Hello", "in", "customer"],
      ["Hi Ana", "out", "instagram"],
    ]);
    expect(thread.conversation.unansweredSince).toBeNull();
  });

  test("complaint 51: unsent means gone, also when the unsend comes first", async () => {
    const unsend = (mid: string) => said(mid, "", START + 9000, { text: undefined, is_deleted: true });
    await deliver(desk, envelope(shop.accountId, said("m1", "canary-first"), unsend("m1")));
    await deliver(desk, envelope(shop.accountId, unsend("m2")));
    await ingest();
    await deliver(desk, envelope(shop.accountId, said("m2", "canary-second", START + 1000)));
    await ingest();
    const thread = await onlyThread();
    expect(thread.messages.map((m) => [m.text, m.unsent])).toEqual([
      [null, true],
      [null, true],
    ]);
    expect(thread.conversation).toMatchObject({ unread: 0, unansweredSince: null });
    expect(thread.conversation.preview).toMatchObject({ kind: "unsent", text: null });
  });

  test("a seen mark rises over disorder: before its message, and an older one later", async () => {
    const echo = (mid: string, at: number) => ({
      sender: { id: shop.accountId },
      recipient: { id: ANA },
      timestamp: at,
      message: { mid, text: mid, is_echo: true },
    });
    const seen = (mid: string) => ({
      sender: { id: ANA },
      recipient: { id: shop.accountId },
      timestamp: START + 9000,
      read: { mid },
    });
    await deliver(desk, envelope(shop.accountId, seen("e2")));
    await ingest();
    await deliver(desk, envelope(shop.accountId, echo("e2", START + 2000), echo("e1", START + 1000)));
    await deliver(desk, envelope(shop.accountId, seen("e1")));
    await ingest();
    expect((await onlyThread()).conversation.seenThroughAt).toBe(START + 2000);
  });

  test("complaint 10: one bad item spoils no other; what is not shown keeps its own raw form and reason", async () => {
    const raw = `{"object":"instagram","entry":[{"time":1,"id":"${shop.accountId}","messaging":[
      {"sender":{"id":"${ANA}"},"recipient":{"id":"${shop.accountId}"},"timestamp":${START},"message":{"mid":"m1","text":"before"}},
      {"sender":{"id":12345678901234567890},"recipient":{"id":"${shop.accountId}"},"timestamp":${START},"message":{"mid":"m2","text":"rounded"}},
      {"sender":{"id":"${ANA}"},"recipient":{"id":"${shop.accountId}"},"timestamp":${START + 1},"message":{"mid":"m3","text":"nul \\u0000 and lone \\ud800"}},
      {"sender":{"id":"${ANA}"},"recipient":{"id":"${shop.accountId}"},"timestamp":${START + 2},"message":{"mid":"m4","attachments":[{"type":"hologram"}]}},
      {"sender":{"id":"${ANA}"},"recipient":{"id":"${shop.accountId}"},"timestamp":${START + 3},"holo_call":{"x":${"[".repeat(1000)}${"]".repeat(1000)}}},
      42, null, {"sender":{"id":"${ANA}"}},
      {"sender":{"id":"${ANA}"},"recipient":{"id":"${shop.accountId}"},"timestamp":${START + 4},"message":{"mid":"m5","text":"after"}}
    ]}]}`;
    await deliver(desk, raw);
    await ingest();
    const thread = await onlyThread();
    expect(thread.messages.map((m) => [m.kind, m.text])).toEqual([
      ["text", "before"],
      ["text", "nul  and lone \uFFFD"],
      ["other", null],
      ["event", null],
      ["text", "after"],
    ]);
    const { rows } = await desk.db.execute<{ raw: string }>(sql`
      select convert_from(raw, 'UTF8') as raw from set_aside where account_id = ${shop.accountId}`);
    expect(rows.map((row) => row.raw)).toContainEqual(expect.stringContaining('"id":12345678901234567890'));
    expect(rows).toHaveLength(6);
  });

  test("what is not JSON, not Instagram's, or of a foreign account is set aside; a foreign app speaks for nobody", async () => {
    await deliver(desk, Buffer.from([0xff, 0xfe, 0x00, 0x22]));
    await deliver(desk, { object: "page", entry: [] });
    await deliver(desk, envelope("17841499999999999", said("f1", "foreign")));
    await deliver(desk, envelope(shop.accountId, said("f2", "forged by another app")), "777");
    await ingest();
    const { conversations } = await listConversations(shop.ctx, {});
    expect(conversations).toEqual([]);
    expect(await setAsideReasons()).toEqual(["No connected account has this id."]);
    const { rows } = await desk.db.execute(sql`select 1 from delivery`);
    expect(rows).toEqual([]);
  });

  test("1,000 messages of 50 people, shuffled and split, with marks before their messages: every thread right", async () => {
    const items: object[] = [];
    for (let person = 0; person < 50; person += 1) {
      for (let i = 0; i < 20; i += 1) {
        const id = `${900000 + person}`;
        items.push({
          sender: { id },
          recipient: { id: shop.accountId },
          timestamp: START + i * 1000 + person,
          message: { mid: `p${person}-${i}`, text: `${i}` },
        });
        if (i % 10 === 7) {
          items.push({
            sender: { id },
            recipient: { id: shop.accountId },
            timestamp: START + 50_000,
            message: { mid: `p${person}-${i}`, is_deleted: true },
          });
        }
      }
    }
    let seed = 42;
    const random = () => {
      seed = (seed * 1664525 + 1013904223) % 4294967296;
      return seed / 4294967296;
    };
    const shuffled = items
      .map((item) => ({ item, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
    while (shuffled.length > 0)
      await deliver(desk, envelope(shop.accountId, ...shuffled.splice(0, 1 + Math.floor(random() * 9))));
    await Promise.all([ingest(), ingest()]);
    const first = await listConversations(shop.ctx, {});
    expect(first.conversations).toHaveLength(50);
    for (const conversation of first.conversations) {
      expect(conversation.unread).toBe(18);
      const { messages } = await readThread(shop.ctx, { conversationId: conversation.id });
      expect(messages.map((m) => m.text)).toEqual(Array.from({ length: 20 }, (_, i) => (i % 10 === 7 ? null : `${i}`)));
    }
  });

  test("the log tells every change once, in commit order, and content comes from the rows", async () => {
    await deliver(desk, envelope(shop.accountId, said("m1", "canary-log")));
    await ingest();
    const changes = await readChanges(desk.db, shop.workspaceId, 0);
    expect(changes.messages.map((m) => m.text)).toEqual(["canary-log"]);
    await deliver(desk, envelope(shop.accountId, said("m1", "", START, { text: undefined, is_deleted: true })));
    await ingest();
    const again = await readChanges(desk.db, shop.workspaceId, 0);
    expect(JSON.stringify(again)).not.toContain("canary-log");
    expect(again.through).toBeGreaterThan(changes.through);
  });
});
