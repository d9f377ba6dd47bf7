import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listConversations } from "@/lib/inbox/list-conversations";
import { MINUTE } from "@/lib/time";
import type { Child } from "./child-process";
import { envelope } from "./desk-fixture";
import { holdConversation } from "./hold-conversation";
import { FACEBOOK_APP, type LiveDesk, openLiveDesk } from "./live-desk";
import { postDelivery } from "./meta-post";
import { until } from "./until";

/** `kill -9` anywhere on a message's way in: what Meta was answered 200 for is there, once; what it was not, it delivers again. */
let live: LiveDesk;
let server: Child;

beforeAll(async () => {
  live = await openLiveDesk();
  server = await live.start();
});
afterAll(() => live?.close());

type Said = { person: string; text: string; body: object };

function says(person: string, text: string): Said {
  const message = { mid: `mid-${randomUUID()}`, text };
  const item = { sender: { id: person }, recipient: { id: live.shop.accountId }, timestamp: Date.now(), message };
  return { person, text, body: envelope(live.shop.accountId, item) };
}

const post = (said: Said) => postDelivery(live.webhookUrl, said.body, FACEBOOK_APP.secret);

/** Each text that the desk shows of this person. */
async function shown(person: string): Promise<string[]> {
  const { rows } = await live.desk.db.execute<{ text: string }>(sql`
    select m.text from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    where p.channel_id = ${live.shop.channelId} and p.external_id = ${person} order by m.text`);
  return rows.map((row) => row.text);
}

async function conversationOf(person: string): Promise<{ id: string; unread: number }> {
  const { rows } = await live.desk.db.execute<{ id: string; unread: number }>(sql`
    select c.id, c.unread from conversation c join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    where p.channel_id = ${live.shop.channelId} and p.external_id = ${person}`);
  const row = rows[0];
  if (!row) throw new Error("This person has no conversation.");
  return row;
}

async function waiting(): Promise<number> {
  const { rows } = await live.desk.db.execute<{ n: number }>(sql`select count(*)::int as n from delivery`);
  return rows[0]?.n ?? 0;
}

test("killed after the commit and before the 200: the message is there, and its repetition changes nothing", async () => {
  expect(await post(says("1001", "warm"))).toBe(200);
  await until("it is shown", async () => (await shown("1001")).length === 1);
  const said = says("1001", "committed");
  live.database.holdAnswers();
  const answer = post(said).catch(() => "no answer");
  await until("the delivery is committed", async () => (await waiting()) === 1);
  await server.kill();
  expect(await answer).toBe("no answer");
  await live.database.bringBack();
  server = await live.start();
  expect(await post(said)).toBe(200);
  await until("everything is projected", async () => (await waiting()) === 0);
  expect(await shown("1001")).toEqual(["committed", "warm"]);
  expect((await conversationOf("1001")).unread).toBe(2);
});

test("killed between the 200 and the projection", async () => {
  await server.stop();
  server = await live.start({ worker: "off" });
  expect(await post(says("1002", "first word"))).toBe(200);
  await server.kill();
  expect(await shown("1002")).toEqual([]);
  server = await live.start();
  await until("it is shown", async () => (await shown("1002")).length === 1);
  expect(await conversationOf("1002")).toMatchObject({ unread: 1 });
});

test("killed during the projection: another process takes the delivery over, and nothing is there twice", async () => {
  // What the process that was killed before had begun is begun anew, and holds nobody up below.
  await live.advance(MINUTE + 1000);
  await post(says("1003", "before"));
  await until("it is shown", async () => (await shown("1003")).length === 1);
  const conversation = await holdConversation(live.desk.url, (await conversationOf("1003")).id);
  expect(await post(says("1003", "in the middle"))).toBe(200);
  await conversation.wanted();
  await server.kill();
  await conversation.release();
  server = await live.start();
  expect(await post(says("1003", "after"))).toBe(200);
  await until("what comes later is not held up", async () => (await shown("1003")).includes("after"));
  await live.advance(MINUTE + 1000);
  await until("everything is projected", async () => (await waiting()) === 0);
  expect(await shown("1003")).toEqual(["after", "before", "in the middle"]);
  expect((await conversationOf("1003")).unread).toBe(3);
});

test("a delivery whose projection ends the process again and again is set aside with its reason and blocks nothing", async () => {
  await post(says("1004", "harmless"));
  await until("it is shown", async () => (await shown("1004")).length === 1);
  const { id } = await conversationOf("1004");
  await holding(id, async (wanted) => {
    await post(says("1004", "deadly"));
    await wanted();
    await server.kill();
  });
  for (let again = 0; again < 2; again += 1) {
    await holding(id, async (wanted) => {
      server = await live.start();
      await live.advance(MINUTE + 1000);
      await wanted();
      await server.kill();
    });
  }
  server = await live.start();
  await post(says("1004", "later"));
  await live.advance(MINUTE + 1000);
  await until("everything is projected", async () => (await waiting()) === 0);
  expect(await shown("1004")).toEqual(["harmless", "later"]);
  const { rows } = await live.desk.db.execute<{ reason: string; raw: string }>(sql`
    select reason, convert_from(raw, 'UTF8') as raw from set_aside`);
  expect(rows).toEqual([
    { reason: "Its processing was begun several times and never ended.", raw: expect.stringContaining("deadly") },
  ]);
});

test("killed again and again under load: what was answered 200 is on disk at once, and in the end everything is there once", async () => {
  const people = ["2001", "2002", "2003", "2004", "2005"];
  const all: Said[] = [];
  for (let round = 0; round < 5; round += 1) {
    const batch = Array.from({ length: 60 }, (_, n) => says(people[n % people.length] ?? "", `${round}-${100 + n}`));
    all.push(...batch);
    const acknowledged = await postUntilKilled(batch, 5 + round * 9);
    const kept = await keptTexts();
    for (const said of acknowledged) expect(kept).toContain(said.text);
    server = await live.start();
    await postAll(batch.filter((said, n) => !acknowledged.includes(said) || n % 7 === 0));
  }
  await live.advance(MINUTE + 1000);
  await until("everything is projected", async () => (await waiting()) === 0);
  for (const person of people) {
    const said = all.filter((one) => one.person === person).map((one) => one.text);
    expect(await shown(person)).toEqual(said.sort());
    expect((await conversationOf(person)).unread).toBe(said.length);
  }
});

test("a stop by SIGTERM cuts nothing: it ends well, and every delivery was answered or is delivered again", async () => {
  const batch = Array.from({ length: 80 }, (_, n) => says("3001", `${100 + n}`));
  const acknowledged: Said[] = [];
  let stopped: Promise<number | null> | undefined;
  await Promise.all(
    Array.from({ length: 8 }, async (_, lane) => {
      for (const said of batch.filter((_said, n) => n % 8 === lane)) {
        const status = await post(said).catch(() => null);
        if (status === 200) acknowledged.push(said);
        if (acknowledged.length >= 20) stopped ??= server.stop();
      }
    }),
  );
  expect(await stopped).toBe(0);
  const kept = await keptTexts();
  for (const said of acknowledged) expect(kept).toContain(said.text);
  server = await live.start();
  await postAll(batch.filter((said) => !acknowledged.includes(said)));
  await until("everything is shown", async () => (await shown("3001")).length === batch.length);
  expect(await shown("3001")).toEqual(batch.map((said) => said.text));
  expect((await listConversations(live.shop.ctx, {})).conversations[0]?.unread).toBe(batch.length);
});

async function holding(conversationId: string, work: (wanted: () => Promise<void>) => Promise<void>): Promise<void> {
  const conversation = await holdConversation(live.desk.url, conversationId);
  await work(conversation.wanted);
  await conversation.release();
}

/** Eight at a time, as Meta does. @returns what was answered 200 before the process was killed */
async function postUntilKilled(batch: Said[], killAfter: number): Promise<Said[]> {
  const left = [...batch];
  const acknowledged: Said[] = [];
  let killed: Promise<void> | undefined;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let said = left.shift(); said; said = left.shift()) {
        const status = await post(said).catch(() => null);
        if (status === 200) acknowledged.push(said);
        if (acknowledged.length >= killAfter) killed ??= server.kill();
      }
    }),
  );
  await killed;
  return acknowledged;
}

async function postAll(batch: Said[]): Promise<void> {
  expect(await Promise.all(batch.map(post))).toEqual(batch.map(() => 200));
}

/** What is in the database, projected or still as raw bytes. */
async function keptTexts(): Promise<string[]> {
  const { rows } = await live.desk.db.execute<{ text: string }>(sql`
    select text from message where text is not null
    union all
    select item -> 'message' ->> 'text' from delivery d,
      jsonb_array_elements(convert_from(d.body, 'UTF8')::jsonb -> 'entry') entry, jsonb_array_elements(entry -> 'messaging') item`);
  return rows.map((row) => row.text);
}
