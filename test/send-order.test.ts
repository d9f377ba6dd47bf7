import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { MessageRow } from "@/lib/inbox/types";
import { MINUTE } from "@/lib/time";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** Replies of one conversation leave in the order of the clicks, whatever Graph answers; others are not held up; nothing ends in silence. */
let live: LiveDesk;
let ana: Customer;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
});
afterAll(() => live?.close());

beforeEach(async () => {
  await live.emulator.clearFaults();
  ana = await live.newCustomer();
});

const fault = (body: object) => live.emulator.post("/_control/faults", { path: "send", recipient: ana.igsid, ...body });
const texts = async (customer = ana) => (await live.ledger(customer)).map(({ text }) => text);
const rowOf = async (id: string) => (await live.messages(ana)).find((message) => message.id === id);

async function allSent(customer = ana): Promise<boolean> {
  return (await live.replies(customer)).every((reply) => reply.startsWith("sent "));
}

test("passing errors, an unreadable answer and a rate limit do not change the order of the clicks", async () => {
  await fault({ kind: "error", code: 2, status: 500 });
  await fault({ kind: "html" });
  await fault({ kind: "error", code: 613, status: 400 });
  await fault({ kind: "error", code: -2, status: 500, accept: true });
  await fault({ kind: "error", code: 1, subcode: 1357046, status: 500, accept: true });
  const clicked = Array.from({ length: 10 }, (_, n) => `reply ${n}`);
  for (const text of clicked) await live.reply(ana, text);
  await live.passTimeUntil("all are sent", async () => {
    expect((await live.messages(ana)).map(({ text }) => text)).toEqual(["Hello", ...clicked]);
    return allSent();
  });
  expect(await texts()).toEqual(clicked);
  expect(await live.replies(ana)).toEqual(clicked.map((text) => `sent ${text}`));
});

test("an account that waits for its rate limit keeps its order, and goes on when the wait is over", async () => {
  const ben = await live.newCustomer();
  await fault({ kind: "error", code: 4, status: 400 });
  await live.reply(ana, "first");
  await live.reply(ana, "second");
  await until("it was refused", async () => (await requests(ana)) > 0);
  await live.reply(ben, "meanwhile");
  expect(await live.replies(ana)).toEqual(["queued first", "queued second"]);
  await live.advance(MINUTE - 15_000);
  expect(await texts()).toEqual([]);
  expect(await texts(ben)).toEqual([]);
  await live.passTimeUntil("all are sent", async () => (await allSent()) && (await allSent(ben)));
  expect(await texts()).toEqual(["first", "second"]);
  expect(await texts(ben)).toEqual(["meanwhile"]);
});

test("a passing error that does not pass ends as not sent, after three attempts, and lets the next one go", async () => {
  await fault({ kind: "error", code: 2, status: 400, times: 3 });
  const first = await live.reply(ana, "first");
  await live.reply(ana, "second");
  await live.passTimeUntil("the second is sent", async () => (await texts()).includes("second"));
  expect(await rowOf(first.id)).toMatchObject({ state: "failed", failure: { code: "2" } });
  expect(await texts()).toEqual(["second"]);
});

const REFUSALS: [code: number, subcode: number | null, words: RegExp][] = [
  [10, 2534022, /reply window is over: .* opens again when they write/],
  [100, 2534014, /does not know this person any more\. Wait until they write/],
  [551, null, /cannot reach this person: .* Wait until they write again/],
  [987654, null, /Facebook refused this: Odd words\. You can try again by hand\./],
];

test.each(REFUSALS)(
  "error %i/%s ends as not sent, in words, and can be sent again by hand",
  async (code, subcode, words) => {
    await fault({ kind: "error", status: 400, code, subcode, message: "Odd words." });
    const refused = await live.reply(ana, "first");
    await live.reply(ana, "second");
    await until(
      "both are settled",
      async () => (await texts()).length === 1 && (await rowOf(refused.id))?.state === "failed",
    );
    expect(await rowOf(refused.id)).toMatchObject({
      state: "failed",
      failure: { code: subcode ? `${code}/${subcode}` : `${code}`, text: expect.stringMatching(words) },
    });
    expect((await live.api("POST", `/messages/${refused.id}/retry`)).status).toBe(200);
    await until("both are sent", () => allSent());
    expect(await texts()).toEqual(["second", "first"]);
    expect(await live.replies(ana)).toEqual(["sent second", "sent first"]);
    expect(await live.api("POST", `/messages/${refused.id}/retry`)).toMatchObject({
      status: 409,
      json: { error: { code: "conflict", message: expect.stringContaining("already on its way") } },
    });
  },
);

test("twenty clicks on Retry at once send once", async () => {
  await fault({ kind: "error", status: 400, code: 551 });
  const refused = await live.reply(ana, "Hello");
  await until("it is refused", async () => (await rowOf(refused.id))?.state === "failed");
  const clicks = await Promise.all(Array.from({ length: 20 }, () => live.api("POST", `/messages/${refused.id}/retry`)));
  expect(clicks.filter(({ status }) => status === 200)).toHaveLength(1);
  await until("it is sent", () => allSent());
  expect(await texts()).toEqual(["Hello"]);
});

test("the same click twenty times at once is one message; another text under its id is refused", async () => {
  const path = `/conversations/${ana.conversationId}/messages`;
  const id = randomUUID();
  const clicks = await Promise.all(
    Array.from({ length: 20 }, () => live.api<MessageRow>("POST", path, { id, text: "Hello" })),
  );
  expect(clicks.map(({ status, json }) => [status, json.id])).toEqual(Array(20).fill([201, id]));
  await until("it is sent", () => allSent());
  expect(await texts()).toEqual(["Hello"]);
  expect(await live.replies(ana)).toEqual(["sent Hello"]);
  expect((await live.api("POST", path, { id, text: "Something else" })).status).toBe(409);
  const ben = await live.newCustomer();
  expect((await live.api("POST", `/conversations/${ben.conversationId}/messages`, { id, text: "Hello" })).status).toBe(
    409,
  );
});

test("the same id clicked into two conversations at once is a message in one and a conflict in the other", async () => {
  const ben = await live.newCustomer();
  for (let round = 0; round < 5; round += 1) {
    const body = { id: randomUUID(), text: `round ${round}` };
    const clicks = await Promise.all(
      [ana, ben].map(({ conversationId }) => live.api("POST", `/conversations/${conversationId}/messages`, body)),
    );
    expect(clicks.map(({ status }) => status).sort()).toEqual([201, 409]);
  }
});

test("what Instagram would not take is refused at the click, in words", async () => {
  const path = `/conversations/${ana.conversationId}/messages`;
  const send = (text: string) => live.api("POST", path, { id: randomUUID(), text });
  expect((await send("ü".repeat(500))).status).toBe(201);
  for (const [text, words] of [
    [" \n ", /Write something/],
    ["\u0000", /Write something/],
  ] as const) {
    expect(await send(text)).toMatchObject({ status: 422, json: { error: { message: expect.stringMatching(words) } } });
  }
  expect((await send("a\ud83d b\u0000")).status).toBe(201);
  await until("both are sent", () => allSent());
  expect((await texts())[1]).toBe("a\ufffd b");
});

test("complaint 24: an ended login keeps what is queued, breaks the channel in words, and refuses further clicks", async () => {
  await live.emulator.post("/_control/tokens", { pageId: live.shop.pageId, action: "password-change" });
  const waiting = await live.reply(ana, "first");
  type Channels = { channels: { state: string; problem: string | null }[] };
  await until("the channel is broken", async () => {
    const { json } = await live.api<Channels>("GET", "/channels");
    return (
      json.channels[0]?.state === "broken" &&
      /changed their Facebook password.*Reconnect/.test(json.channels[0].problem ?? "")
    );
  });
  await until("the message waits", async () => (await rowOf(waiting.id))?.state === "queued");
  const refused = await live.api("POST", `/conversations/${ana.conversationId}/messages`, {
    id: randomUUID(),
    text: "second",
  });
  expect(refused).toMatchObject({
    status: 409,
    json: { error: { message: expect.stringContaining("Reconnect the channel") } },
  });
  await live.customerWrites(ana, "Are you there?");

  await live.emulator.post("/_control/tokens", { pageId: live.shop.pageId, action: "restore" });
  await live.desk.pool.query("update channel set state = 'healthy', problem = null");
  await live.passTimeUntil("it is sent", async () => (await rowOf(waiting.id))?.state === "sent");
  expect(await texts()).toEqual(["first"]);
});

/** Send calls to this customer that reached Graph, taken or refused. */
async function requests(customer: Customer): Promise<number> {
  const { rows } = await live.desk.pool.query<{ n: number }>(
    "select coalesce(sum(attempt), 0)::int as n from message where conversation_id = $1 and direction = 'out' and state = 'queued'",
    [customer.conversationId],
  );
  return rows[0]?.n ?? 0;
}
