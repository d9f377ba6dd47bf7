import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { MINUTE } from "@/lib/time";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** One click on Send is at most one message for the customer, and never silence, whatever becomes of Graph's answers. */
let live: LiveDesk;
let ana: Customer;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
});
afterAll(() => live?.close());

beforeEach(async () => {
  await live.graph.pass();
  await live.emulator.clearFaults();
  await echoes("normal");
  ana = await live.newCustomer();
});

type Echo = "normal" | "never";
const echoes = (echo: Echo) => live.emulator.post("/_control/switches", { echo });
const fault = (body: object) => live.emulator.post("/_control/faults", body);
const loseAnswers = (times = 1) => fault({ path: "send", kind: "close", accept: true, times });
const breakReading = () =>
  fault({ path: `/${live.shop.pageId}/conversations`, kind: "error", code: 1, status: 400, times: 1000 });
const texts = async () => (await live.ledger(ana)).map(({ text }) => text);
const phoneWrites = (text: string) =>
  live.emulator.post<{ mid: string }>("/_play/business/send", { igId: live.shop.accountId, customerId: ana.id, text });

/** Time passes until the business's side of the conversation reads like this; `state text`, oldest first. */
async function endsAs(...expected: string[]): Promise<void> {
  await live.passTimeUntil(`the replies are: ${expected.join(", ")}`, async () => {
    const replies = await live.replies(ana);
    return JSON.stringify(replies) === JSON.stringify(expected);
  });
}

async function showsAs(...expected: string[]): Promise<void> {
  await until(`the replies are: ${expected.join(", ")}`, async () => {
    const replies = await live.replies(ana);
    return JSON.stringify(replies) === JSON.stringify(expected);
  });
}

/** Meta's ids on the business's side, in the order of the thread, with where each was written. */
async function outgoing(): Promise<{ origin: string; mid: string | null }[]> {
  const { rows } = await live.desk.db.execute<{ origin: string; mid: string | null }>(sql`
    select origin, external_id as mid from message
    where conversation_id = ${ana.conversationId} and direction = 'out' order by sent_at, id`);
  return rows;
}

test("an answer that is lost on the way back ends as sent through the echo", async () => {
  await loseAnswers();
  await live.reply(ana, "It is.");
  await showsAs("sent It is.");
  expect(await texts()).toEqual(["It is."]);
  expect(await outgoing()).toEqual([{ origin: "desk", mid: (await live.ledger(ana))[0]?.mid }]);
});

test("without an echo it ends as sent through Instagram's own conversation", async () => {
  await echoes("never");
  await loseAnswers();
  await live.reply(ana, "It is.");
  await showsAs("unconfirmed It is.");
  await endsAs("sent It is.");
  expect(await texts()).toEqual(["It is."]);
  expect(await outgoing()).toEqual([{ origin: "desk", mid: (await live.ledger(ana))[0]?.mid }]);
});

test("it stays unconfirmed while neither can tell, holds nothing up for ever, and is never sent again by itself", async () => {
  await echoes("never");
  await breakReading();
  await loseAnswers();
  await live.reply(ana, "First");
  await live.reply(ana, "Second");
  await showsAs("unconfirmed First", "queued Second");
  await endsAs("unconfirmed First", "sent Second");
  await live.advance(10 * MINUTE);
  await live.advance(60 * MINUTE);
  expect(await live.replies(ana)).toEqual(["unconfirmed First", "sent Second"]);
  expect(await texts()).toEqual(["First", "Second"]);

  await live.emulator.clearFaults();
  await live.passTimeUntil("it is found", async () => (await live.replies(ana))[0] === "sent First", 10 * MINUTE);
  expect(await texts()).toEqual(["First", "Second"]);
});

test("what Instagram's conversation does not hold, read twice, is sent again, once", async () => {
  await fault({ path: "send", kind: "close", accept: false });
  await live.reply(ana, "Did this leave?");
  await showsAs("unconfirmed Did this leave?");
  expect(await texts()).toEqual([]);
  await endsAs("sent Did this leave?");
  expect(await texts()).toEqual(["Did this leave?"]);
});

test("what was never sent and was overtaken says so, and goes again by hand", async () => {
  await breakReading();
  await fault({ path: "send", kind: "close", accept: false });
  const first = await live.reply(ana, "First");
  await live.reply(ana, "Second");
  await endsAs("unconfirmed First", "sent Second");
  await live.emulator.clearFaults();
  await live.passTimeUntil("it is known", async () => (await live.replies(ana))[0] === "failed First", 10 * MINUTE);
  const shown = (await live.messages(ana)).find((message) => message.id === first.id);
  expect(shown?.failure?.text).toMatch(/it was not sent\. .* send it again/);
  expect(await texts()).toEqual(["Second"]);

  expect((await live.api("POST", `/messages/${first.id}/retry`)).status).toBe(200);
  await endsAs("sent Second", "sent First");
  expect(await texts()).toEqual(["Second", "First"]);
});

test("two equal texts in a row stay two, by their echoes and by the read-back", async () => {
  await loseAnswers(2);
  await live.reply(ana, "Yes");
  await live.reply(ana, "Yes");
  await endsAs("sent Yes", "sent Yes");
  await echoes("never");
  await loseAnswers(2);
  await live.reply(ana, "No");
  await live.reply(ana, "No");
  await endsAs("sent Yes", "sent Yes", "sent No", "sent No");
  expect(await texts()).toEqual(["Yes", "Yes", "No", "No"]);
  const mids = (await live.ledger(ana)).map(({ mid }) => ({ origin: "desk", mid }));
  expect((await outgoing()).sort(byMid)).toEqual(mids.sort(byMid));
});

test("the same text sent again while the first is unconfirmed: the answer says whose echo it was", async () => {
  await breakReading();
  await fault({ path: "send", kind: "close", accept: false });
  const first = await live.reply(ana, "Yes");
  await showsAs("unconfirmed Yes");
  await live.passTimeUntil("the first gives up its place", async () => (await sendJobs()) === 0);
  const state = async (id: string) => (await live.messages(ana)).find((message) => message.id === id)?.state;
  live.graph.hold();
  const second = await live.reply(ana, "Yes");
  const send = await live.graph.nextSend();
  await send.forward();
  await until("the echo is taken for the first one's", async () => (await state(first.id)) === "sent");
  await send.answer();
  await until("the second is sent", async () => (await state(second.id)) === "sent");
  expect(await state(first.id)).toBe("unconfirmed");

  await live.emulator.clearFaults();
  await live.passTimeUntil("the first is known", async () => (await state(first.id)) === "failed", 10 * MINUTE);
  expect(await state(second.id)).toBe("sent");
  expect(await texts()).toEqual(["Yes"]);
});

test("an echo that comes before the answer is the same message", async () => {
  live.graph.hold();
  await live.reply(ana, "It is.");
  const send = await live.graph.nextSend();
  await send.forward();
  await showsAs("sent It is.");
  await send.answer();
  await until("the send is over", async () => (await sendJobs()) === 0);
  expect(await texts()).toEqual(["It is."]);
  expect(await outgoing()).toEqual([{ origin: "desk", mid: (await live.ledger(ana))[0]?.mid }]);
});

test("the same text typed on the phone at the same moment stays a message of its own", async () => {
  live.graph.hold();
  await live.reply(ana, "On its way!");
  const send = await live.graph.nextSend();
  const phone = await phoneWrites("On its way!");
  await showsAs("sent On its way!");
  await send.answer();
  await showsAs("sent On its way!", "sent On its way!");
  await live.emulator.get("/_control/idle");
  const [entry] = await live.ledger(ana);
  expect((await outgoing()).sort(byMid)).toEqual(
    [
      { origin: "instagram", mid: phone.mid },
      { origin: "desk", mid: entry?.mid ?? null },
    ].sort(byMid),
  );
  expect(await texts()).toEqual(["On its way!"]);
});

test("a server whose clock is a minute ahead of Meta's still finds its own message, and sends it once", async () => {
  await echoes("never");
  await loseAnswers();
  await live.emulator.post("/_control/clock", { advanceMs: -MINUTE });
  await live.reply(ana, "It is.");
  await showsAs("unconfirmed It is.");
  await endsAs("sent It is.");
  expect(await texts()).toEqual(["It is."]);
});

test("an echo of what the phone wrote long before is not taken for a reply of equal text", async () => {
  await live.emulator.post("/_control/deliveries/hold");
  const phone = await phoneWrites("Yes");
  await live.advance(20 * MINUTE);
  await fault({ path: "send", kind: "close", accept: false });
  await live.reply(ana, "Yes");
  await showsAs("unconfirmed Yes");
  await live.emulator.post("/_control/deliveries/release");
  await endsAs("sent Yes", "sent Yes");
  expect(await texts()).toEqual(["Yes"]);
  expect((await outgoing()).map(({ origin, mid }) => [origin, mid === phone.mid])).toEqual([
    ["instagram", true],
    ["desk", false],
  ]);
});

test("an unsend of a reply whose answer was lost takes it away for good", async () => {
  await loseAnswers();
  await live.reply(ana, "Oops, wrong person");
  await showsAs("sent Oops, wrong person");
  await live.emulator.post("/_play/unsend", { mid: (await live.ledger(ana))[0]?.mid });
  await until("it is gone", async () => (await live.messages(ana)).some((message) => message.unsent));
  expect(JSON.stringify(await live.messages(ana))).not.toContain("Oops");
});

async function sendJobs(): Promise<number> {
  const { rows } = await live.desk.db.execute<{ n: number }>(sql`
    select count(*)::int as n from job where queue = 'send' and key = ${ana.conversationId}`);
  return rows[0]?.n ?? 0;
}

function byMid(a: { mid: string | null }, b: { mid: string | null }): number {
  return (a.mid ?? "") < (b.mid ?? "") ? -1 : 1;
}

test("several are looked for in turn, as often as Meta allows an account's conversations to be read", async () => {
  await live.emulator.post("/_control/switches", { echo: "never", conversationsPerSecond: 2 });
  const people = [ana, await live.newCustomer(), await live.newCustomer()];
  await loseAnswers(people.length);
  for (const person of people) await live.reply(person, "Found in turn.");
  for (const person of people)
    await until(
      "it is known to be silent",
      async () => (await live.replies(person))[0] === "unconfirmed Found in turn.",
    );
  await live.advance(5_000);
  for (const person of people)
    await until("it is found", async () => (await live.replies(person))[0] === "sent Found in turn.");
  type Requests = { entries: { path: string; code: number | null }[] };
  const { entries } = await live.emulator.get<Requests>("/_control/requests?after=0");
  expect(entries.filter(({ code }) => code === 613)).toEqual([]);
  await live.emulator.post("/_control/switches", { conversationsPerSecond: 0 });
});
