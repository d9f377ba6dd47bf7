import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConversationPage, ConversationRow, MessageRow, ThreadPage } from "@/lib/inbox/types";
import { envelope } from "./desk-fixture";
import { freePort } from "./free-port";
import { holdConversation } from "./hold-conversation";
import { FACEBOOK_APP, type LiveDesk, openLiveDesk } from "./live-desk";
import { postDelivery } from "./meta-post";
import { randomNumbers } from "./random-numbers";
import { until } from "./until";

/** Two server processes on one database: repeats, batches and disorder change nothing of what is shown. */
let live: LiveDesk;
let webhooks: string[];

beforeAll(async () => {
  live = await openLiveDesk();
  const second = await freePort();
  await Promise.all([live.start(), live.start({ port: second })]);
  webhooks = [live.webhookUrl, `http://127.0.0.1:${second}/webhooks/instagram`];
});
afterAll(() => live?.close());

async function projected(): Promise<void> {
  await until("everything is projected", async () => {
    const { rows } = await live.desk.db.execute(sql`select 1 from delivery limit 1`);
    return rows.length === 0;
  });
}

async function allConversations(): Promise<ConversationRow[]> {
  const rows: ConversationRow[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const page: ConversationPage = (await live.api<ConversationPage>("GET", `/conversations?after=${next}`)).json;
    rows.push(...page.conversations);
    next = page.next;
  }
  return rows;
}

async function thread(id: string): Promise<MessageRow[]> {
  return (await live.api<ThreadPage>("GET", `/conversations/${id}`)).json.messages;
}

test("complaint 2: the same delivery 100 times at once over two processes is one message and one unread", async () => {
  const ana = await live.newCustomer("Hello, is the blue bowl still there?");
  type Attempts = { entries: { deliveryId: string; items: number }[] };
  const { entries } = await live.emulator.get<Attempts>("/_control/deliveries?bodies=0");
  const { statuses } = await live.emulator.post<{ statuses: number[] }>("/_control/deliveries/replay", {
    deliveryId: entries.at(-1)?.deliveryId,
    times: 100,
    urls: webhooks,
  });
  expect(statuses).toEqual(Array(100).fill(200));
  await projected();
  const conversations = await allConversations();
  expect(conversations.map((row) => [row.id, row.unread])).toEqual([[ana.conversationId, 1]]);
  expect(await live.messages(ana)).toHaveLength(1);
  const { rows } = await live.desk.db.execute<{ n: number }>(sql`
    select count(*)::int as n from event where type = 'message.received'`);
  expect(rows[0]?.n).toBe(1);
});

test("complaint 2: a first message that arrives 100 times at once makes one contact and one conversation", async () => {
  const body = envelope(live.shop.accountId, {
    sender: { id: "8001" },
    recipient: { id: live.shop.accountId },
    timestamp: Date.now(),
    message: { mid: "first", text: "first" },
  });
  const statuses = await Promise.all(
    Array.from({ length: 100 }, (_, n) => postDelivery(webhooks[n % 2] ?? "", body, FACEBOOK_APP.secret)),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  await projected();
  const { rows } = await live.desk.db.execute<Record<string, number>>(sql`
    select (select count(*) from contact where external_id = '8001')::int as contacts,
      (select count(*) from message where external_id = 'first')::int as messages,
      (select sum(unread) from conversation c join contact p on p.id = c.contact_id where p.external_id = '8001')::int as unread`);
  expect(rows[0]).toEqual({ contacts: 1, messages: 1, unread: 1 });
});

test("1,000 messages of 50 people, shuffled, in batches, some twice, with all marks before their messages", async () => {
  const start = Date.now() - 3_600_000;
  const marks: object[] = [];
  const messages: object[] = [];
  const account = { id: live.shop.accountId };
  for (let person = 0; person < 50; person += 1) {
    const customer = { id: `${9000 + person}` };
    for (let n = 0; n < 20; n += 1) {
      const timestamp = start + n * 60_000 + person;
      const mid = `p${person}-${n}`;
      const fromBusiness = n % 5 === 4;
      messages.push({
        ...(fromBusiness ? { sender: account, recipient: customer } : { sender: customer, recipient: account }),
        timestamp,
        message: { mid, text: `${n}`, ...(fromBusiness ? { is_echo: true } : {}) },
      });
      const later = start + 7_200_000;
      if (n % 10 === 7)
        marks.push({ sender: customer, recipient: account, timestamp: later, message: { mid, is_deleted: true } });
      if (n === 14) marks.push({ sender: customer, recipient: account, timestamp: later, read: { mid } });
    }
  }
  const random = randomNumbers(11);
  const before = await allConversations();
  // Every mark comes before the message it speaks of; then the messages, one in ten twice.
  for (const items of [marks, [...messages, ...messages.filter(() => random() < 0.1)]]) {
    const left = shuffled(items, random);
    const posts: Promise<number>[] = [];
    while (left.length > 0) {
      const batch = left.splice(0, 1 + Math.floor(random() * 9));
      posts.push(postDelivery(webhooks[posts.length % 2] ?? "", envelope(account.id, ...batch), FACEBOOK_APP.secret));
    }
    expect(new Set(await Promise.all(posts))).toEqual(new Set([200]));
    await projected();
  }
  const known = new Set(before.map((row) => row.id));
  const conversations = (await allConversations()).filter((row) => !known.has(row.id));
  expect(conversations).toHaveLength(50);
  for (const conversation of conversations) {
    const shown = await thread(conversation.id);
    expect(shown.map((row) => row.text)).toEqual(Array.from({ length: 20 }, (_, n) => (n % 10 === 7 ? null : `${n}`)));
    expect(shown.map((row) => row.unsent)).toEqual(Array.from({ length: 20 }, (_, n) => n % 10 === 7));
    // 16 from the customer, of which two were taken back.
    expect(conversation.unread).toBe(14);
    const seen = shown[14]?.sentAt;
    expect(conversation).toMatchObject({
      seenThroughAt: seen,
      unansweredSince: null,
      lastCustomerAt: shown[18]?.sentAt,
    });
  }
});

test("complaint 2: work that the database breaks off, because two wait for each other, is done again and everything is shown", async () => {
  const people = [await live.newCustomer(), await live.newCustomer()];
  const [first = "", second = ""] = people.map(({ conversationId }) => conversationId).sort();
  const held = await holdConversation(live.desk.url, second);
  const items = people.flatMap(({ igsid }) =>
    ["one", "two"].map((text) => ({
      sender: { id: igsid },
      recipient: { id: live.shop.accountId },
      timestamp: Date.now(),
      message: { mid: `${text} of ${igsid}`, text },
    })),
  );
  await postDelivery(live.webhookUrl, envelope(live.shop.accountId, ...items), FACEBOOK_APP.secret);
  await held.wanted();
  await held.cross(first);
  await held.release();
  await projected();
  for (const person of people)
    expect((await live.messages(person)).map(({ text }) => text)).toEqual(["Hello", "one", "two"]);
  const unread = (await allConversations()).filter(({ id }) => id === first || id === second).map((row) => row.unread);
  expect(unread).toEqual([3, 3]);
  expect((await live.desk.db.execute(sql`select reason from set_aside`)).rows).toEqual([]);
});

function shuffled<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
