import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "@/lib/time";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** Instagram's reply windows, by the clock: what the ledger of Graph shows is what was sent. */
let live: LiveDesk;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
});
afterAll(() => live?.close());

const tags = async (customer: Customer) => (await live.ledger(customer)).map(({ text, tag }) => [text, tag]);

async function sentTo(customer: Customer, count: number): Promise<void> {
  await until("the replies are sent", async () => {
    const states = await live.replies(customer);
    return states.length === count && states.every((state) => state.startsWith("sent "));
  });
}

test("complaint 38: a reply carries the tag of a human agent only between 24 hours and 7 days after the last message", async () => {
  const ana = await live.newCustomer("Is the blue bowl still there?");
  await live.advance(24 * HOUR - MINUTE);
  await live.reply(ana, "after 23 h 59 min");
  await sentTo(ana, 1);
  await live.advance(2 * MINUTE);
  await live.reply(ana, "after 24 h 01 min");
  await sentTo(ana, 2);
  expect(await tags(ana)).toEqual([
    ["after 23 h 59 min", null],
    ["after 24 h 01 min", "HUMAN_AGENT"],
  ]);
});

test("a reply that was written in time and leaves too late for that carries the tag: it is decided when it leaves", async () => {
  const ben = await live.newCustomer("Can I pay in two parts?");
  await live.advance(24 * HOUR - MINUTE);
  await live.graph.close();
  await live.reply(ben, "Of course, both by card.");
  await until("it was tried and waits", () => wasTried(ben));
  expect(await live.replies(ben)).toEqual(["queued Of course, both by card."]);
  await live.advance(2 * MINUTE);
  await live.graph.open();
  await live.passTimeUntil("it is sent", async () => (await live.ledger(ben)).length > 0);
  await sentTo(ben, 1);
  expect(await tags(ben)).toEqual([["Of course, both by card.", "HUMAN_AGENT"]]);
});

test("complaint 41: after 7 days nothing is sent, and both the click and what still waited say why in words", async () => {
  const cleo = await live.newCustomer("Hello?");
  await live.advance(7 * DAY - MINUTE);
  await live.graph.close();
  const waiting = await live.reply(cleo, "Sorry for the wait!");
  await until("it was tried and waits", () => wasTried(cleo));
  await live.advance(2 * MINUTE);
  await live.graph.open();
  await live.passTimeUntil("it is given up", async () => (await live.messages(cleo)).at(-1)?.state === "failed");
  expect((await live.messages(cleo)).at(-1)?.failure).toEqual({
    code: "window_closed",
    text: expect.stringMatching(/closed this conversation 7 days after .* opens again when they write/),
  });

  const path = `/conversations/${cleo.conversationId}/messages`;
  const clicked = await live.api("POST", path, { id: randomUUID(), text: "One more" });
  const retried = await live.api("POST", `/messages/${waiting.id}/retry`);
  for (const { status, json } of [clicked, retried]) {
    expect(status).toBe(409);
    expect(json).toMatchObject({ error: { code: "window_closed", message: expect.stringContaining("7 days") } });
  }
  expect(await live.ledger(cleo)).toEqual([]);

  await live.customerWrites(cleo, "Still there?");
  await live.api("POST", `/messages/${waiting.id}/retry`);
  await until("it is sent", async () => (await live.replies(cleo))[0] === "sent Sorry for the wait!");
  expect(await tags(cleo)).toEqual([["Sorry for the wait!", null]]);
});

test("complaint 39: a story mention opens the window, also as the first word; a reaction does not", async () => {
  const dora = await live.newCustomer("Hi");
  await live.reply(dora, "Hi Dora");
  await sentTo(dora, 1);
  const mid = (await live.ledger(dora))[0]?.mid;
  await live.advance(8 * DAY);
  await live.emulator.post("/_play/react", { mid, by: "customer", emoji: "\u2764\ufe0f" });
  await until("the reaction is in the thread", async () =>
    (await live.messages(dora)).some((row) => row.reactions.length > 0),
  );
  const path = `/conversations/${dora.conversationId}/messages`;
  expect((await live.api("POST", path, { id: randomUUID(), text: "Thanks" })).status).toBe(409);

  await live.emulator.post("/_play/story-mention", { customerId: dora.id, igId: live.shop.accountId });
  await until("the mention is shown", async () => (await live.messages(dora)).at(-1)?.kind === "story_mention");
  await live.reply(dora, "Thank you for the story!");
  await sentTo(dora, 2);
  expect(await tags(dora)).toEqual([
    ["Hi Dora", null],
    ["Thank you for the story!", null],
  ]);
});

/** Whether the last reply was on its way to Graph and came back. */
async function wasTried(customer: Customer): Promise<boolean> {
  const { rows } = await live.desk.db.execute<{ attempt: number; state: string }>(sql`
    select attempt, state from message where conversation_id = ${customer.conversationId} and direction = 'out' order by arrival desc limit 1`);
  return rows[0]?.state === "queued" && rows[0].attempt > 0;
}
