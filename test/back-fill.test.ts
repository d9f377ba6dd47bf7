import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startBackFill } from "@/lib/inbox/start-back-fill";
import type { BackFillReason, ChannelHistory, ConversationPage, MessageRow, ThreadPage } from "@/lib/inbox/types";
import { DAY, HOUR, MINUTE } from "@/lib/time";
import type { Child } from "./child-process";
import { type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** What Meta still gives of an account's conversations comes into the desk once, whatever happens meanwhile. */
let live: LiveDesk;
let server: Child;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.emulator.post("/_control/switches", { conversationsPerSecond: 2 });
  server = await live.start();
});
afterAll(() => live?.close());

beforeEach(async () => {
  await live.emulator.clearFaults();
  await told();
});

type Person = { id: string; igsid: string; threadId: string; name: string; username: string };

let people = 0;

/** Somebody who talks with the shop while Meta tells nobody. */
async function stranger(say: { text: string; by?: "business"; ago: number }[]): Promise<Person> {
  people += 1;
  const made = await live.emulator.post<{ customer: { id: string; name: string; username: string } }>(
    "/_play/customers",
    {
      name: `Stranger ${people}`,
    },
  );
  await untold();
  const person = { ...made.customer, igsid: "", threadId: "" };
  for (const { text, by, ago } of say) {
    const path = by === "business" ? "/_play/business/send" : "/_play/send";
    const said = await live.emulator.post<{ thread: { id: string; igsid: string } }>(path, {
      customerId: person.id,
      igId: live.shop.accountId,
      text,
      ago,
    });
    Object.assign(person, { igsid: said.thread.igsid, threadId: said.thread.id });
  }
  await told();
  return person;
}

const untold = () => live.emulator.post("/_control/deliveries/lose", { times: null });
async function told(): Promise<void> {
  await fetch(`${live.emulator.url}/_control/deliveries/lose`, { method: "DELETE" });
}

const begin = (reason: BackFillReason) =>
  startBackFill(live.desk.system, { workspaceId: live.shop.workspaceId, channelId: live.shop.channelId, reason });

async function history(): Promise<ChannelHistory> {
  return (await live.api<ChannelHistory>("GET", `/channels/${live.shop.channelId}/history`)).json;
}

async function untilRead(): Promise<ChannelHistory> {
  await expect.poll(async () => (await history()).running, { timeout: 60_000 }).toBeNull();
  return history();
}

async function conversationOf(person: Person): Promise<ThreadPage | null> {
  const { rows } = await live.desk.db.execute<{ id: string }>(sql`
    select c.id from conversation c join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    where p.external_id = ${person.igsid}`);
  return rows[0] ? (await live.api<ThreadPage>("GET", `/conversations/${rows[0].id}`)).json : null;
}

async function said(person: Person): Promise<string[]> {
  return ((await conversationOf(person))?.messages ?? []).map(brief);
}

function brief({ direction, text, unsent, kind }: MessageRow): string {
  return `${direction} ${unsent ? "(unsent)" : (text ?? kind)}`;
}

test("complaint 58: on connecting, conversations that were there before are read back; old ones are no news", async () => {
  const waiting = await stranger([
    { text: "Do you ship to Porto?", ago: 3 * HOUR },
    { text: "Hello?", ago: HOUR },
  ]);
  const answered = await stranger([
    { text: "Is it blue?", ago: 2 * HOUR },
    { text: "It is.", by: "business", ago: HOUR },
  ]);
  const old = await stranger([{ text: "What about spring?", ago: 5 * DAY }]);
  await begin("connect");
  const { last, running } = await untilRead();
  expect(running).toBeNull();
  expect(last).toMatchObject({
    state: "done",
    reason: "connect",
    threads: 3,
    threadsRead: 3,
    messages: 5,
    problem: null,
  });
  expect(await said(waiting)).toEqual(["in Do you ship to Porto?", "in Hello?"]);
  expect(await said(answered)).toEqual(["in Is it blue?", "out It is."]);
  expect(await said(old)).toEqual(["in What about spring?"]);
  const rows = (await live.api<ConversationPage>("GET", "/conversations")).json.conversations;
  const row = (person: Person) => rows.find(({ contact }) => contact.displayName === person.name);
  await until("profiles have come", async () => row(waiting) !== undefined);
  expect(row(waiting)).toMatchObject({ unread: 2 });
  expect(row(answered)).toMatchObject({ unread: 0, unansweredSince: null });
  expect(row(old)).toMatchObject({ unread: 0 });
  const told = await conversationOf(waiting);
  const [first, second] = told?.messages ?? [];
  // The clocks run from when it was said, not from when it was read back.
  expect(told?.conversation).toMatchObject({ unansweredSince: first?.sentAt, lastCustomerAt: second?.sentAt });
  expect(Date.now() - (second?.sentAt ?? 0)).toBeGreaterThan(HOUR - MINUTE);
});

test("killed in the middle of it: it goes on, nothing is missing and nothing is there twice", async () => {
  const persons: Person[] = [];
  for (let n = 0; n < 4; n += 1)
    persons.push(
      await stranger(Array.from({ length: 25 }, (_, m) => ({ text: `${n}/${m}`, ago: 10 * DAY - m * HOUR }))),
    );
  await begin("by_hand");
  await until("some are read", async () => ((await history()).running?.threadsRead ?? 0) >= 2);
  await server.kill();
  server = await live.start();
  const { running } = await history();
  expect(running?.threadsRead).toBeGreaterThanOrEqual(2);
  // What the killed process had begun is free again after its lease.
  await live.advance(MINUTE);
  const { last } = await untilRead();
  expect(last).toMatchObject({ state: "done", messages: 4 * 20, conversations: 4 });
  for (const [n, person] of persons.entries()) {
    // Of older ones Meta tells nothing but that they were.
    expect(await said(person)).toEqual(Array.from({ length: 20 }, (_, m) => `in ${n}/${m + 5}`));
  }
  await neverTooFast();
});

/** Meta's own count: it would have refused a third call within a second. */
async function neverTooFast(): Promise<void> {
  const { entries } = await live.emulator.get<{ entries: { path: string; code: number | null }[] }>(
    "/_control/requests",
  );
  const calls = entries.filter(({ path }) => /conversations|messages$/.test(path));
  expect(calls.length).toBeGreaterThan(5);
  expect(calls.filter(({ code }) => code === 613)).toEqual([]);
}

test("what is said while it is read comes in once, whichever is first", async () => {
  const early = await stranger([{ text: "before", ago: 2 * DAY }]);
  const late = await stranger([{ text: "before", ago: 3 * DAY }]);
  // Whoever comes first in the list is read first; the webhooks of both wait.
  await live.emulator.post("/_control/deliveries/hold");
  const say = (person: Person, text: string) =>
    live.emulator.post("/_play/send", { customerId: person.id, igId: live.shop.accountId, text });
  await say(early, "during, read back first");
  await begin("by_hand");
  await untilRead();
  expect(await said(early)).toEqual(["in before", "in during, read back first"]);
  await say(late, "during, told first");
  await live.emulator.post("/_control/deliveries/release", { duplicate: 2 });
  await until("both are told", async () => (await said(late)).length === 2);
  await begin("by_hand");
  await untilRead();
  expect(await said(early)).toEqual(["in before", "in during, read back first"]);
  expect(await said(late)).toEqual(["in before", "in during, told first"]);
});

test("unsent, edited and reacted before the message itself was read back", async () => {
  const person = await stranger([
    { text: "regretted", ago: 30 },
    { text: "helo", ago: 20 },
    { text: "thanks", ago: 10 },
  ]);
  const { thread } = await live.emulator.get<{ thread: { messages: { mid: string }[] } }>(
    `/_play/threads/${encodeURIComponent(person.threadId)}`,
  );
  const [regretted, misspelt, thanks] = thread.messages.map(({ mid }) => mid);
  // Its thread changes after Meta has read it out, and before that is written down.
  const answer = live.graph.holdAnswer(new RegExp(`/${person.threadId}/messages`));
  await begin("by_hand");
  await answer.came();
  await live.emulator.post("/_play/unsend", { mid: regretted });
  await live.emulator.post("/_play/edit", { mid: misspelt, text: "hello" });
  await live.emulator.post("/_play/react", { mid: thanks, by: "customer", emoji: "😍" });
  await until("all three are told", async () => {
    const { rows } = await live.desk.db.execute(sql`
      select from parked where external_id = ${regretted} union all select from message_edit where external_id = ${misspelt}
      union all select from reaction where external_id = ${thanks}`);
    return rows.length === 3;
  });
  answer.release();
  await untilRead();
  await expect.poll(() => said(person), { timeout: 20_000 }).toEqual(["in (unsent)", "in hello", "in thanks"]);
  const messages = (await conversationOf(person))?.messages ?? [];
  expect(messages[2]?.reactions).toEqual([{ by: "customer", emoji: "😍" }]);
});

test("complaints 4 and 5: what was never reported is found at night, fetched, and said", async () => {
  const person = await stranger([{ text: "hi", ago: HOUR }]);
  await begin("by_hand");
  await untilRead();
  await untold();
  const say = (text: string) =>
    live.emulator.post("/_play/send", { customerId: person.id, igId: live.shop.accountId, text });
  await say("nobody hears this");
  await say("nor this");
  await told();
  expect(await said(person)).toEqual(["in hi"]);
  await live.advance(DAY);
  await until("the nightly comparison has run", async () => (await history()).last?.reason === "nightly");
  expect(await said(person)).toEqual(["in hi", "in nobody hears this", "in nor this"]);
  const { last, found } = await history();
  expect(last).toMatchObject({ state: "done", messages: 2, conversations: 1 });
  expect(found[0]).toEqual(last);
  // Nobody has seen them yet: they are as new as if they had come in time.
  expect((await conversationOf(person))?.conversation.unread).toBeGreaterThanOrEqual(2);
});
