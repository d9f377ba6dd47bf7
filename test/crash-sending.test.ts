import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { MINUTE } from "@/lib/time";
import type { Child } from "./child-process";
import { holdConversation } from "./hold-conversation";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { randomNumbers } from "./random-numbers";
import { until } from "./until";

/** `kill -9` anywhere on a reply's way: after the restart it has left exactly once, and the desk says so. */
let live: LiveDesk;
let server: Child;
let ana: Customer;

beforeAll(async () => {
  live = await openLiveDesk();
  server = await live.start();
});
afterAll(() => live?.close());

beforeEach(async () => {
  await echoes("normal");
  ana = await live.newCustomer();
});

const echoes = (echo: "normal" | "never") => live.emulator.post("/_control/switches", { echo });
const texts = async (customer = ana) => (await live.ledger(customer)).map(({ text }) => text);

async function restart(): Promise<void> {
  server = await live.start();
}

async function endsAsSent(...expected: string[]): Promise<void> {
  await live.passTimeUntil("everything is sent", async () => {
    const replies = await live.replies(ana);
    return JSON.stringify(replies) === JSON.stringify(expected.map((text) => `sent ${text}`));
  });
  expect(await texts()).toEqual(expected);
}

test("killed before any worker has seen the reply", async () => {
  await server.kill();
  server = await live.start({ worker: "off" });
  await live.reply(ana, "It is.");
  await server.kill();
  await restart();
  await endsAsSent("It is.");
});

test("killed before the Send call reached Graph", async () => {
  live.graph.hold();
  await live.reply(ana, "It is.");
  const send = await live.graph.nextSend();
  await server.kill();
  send.drop();
  await live.graph.pass();
  await restart();
  await live.advance(MINUTE + 1000);
  await endsAsSent("It is.");
});

test("killed after Graph took the message, before its answer: the echo comes after the restart", async () => {
  await live.emulator.post("/_control/deliveries/hold");
  live.graph.hold();
  await live.reply(ana, "It is.");
  const send = await live.graph.nextSend();
  await send.forward();
  await server.kill();
  send.drop();
  await live.graph.pass();
  await restart();
  await live.emulator.post("/_control/deliveries/release");
  await until("the echo has told", async () => (await live.replies(ana))[0] === "sent It is.");
  await live.advance(MINUTE + 1000);
  await endsAsSent("It is.");
});

test("killed after Graph took the message, and no echo ever comes", async () => {
  await echoes("never");
  live.graph.hold();
  await live.reply(ana, "It is.");
  const send = await live.graph.nextSend();
  await send.forward();
  await server.kill();
  send.drop();
  await live.graph.pass();
  await restart();
  await live.advance(MINUTE + 1000);
  await endsAsSent("It is.");
});

test("killed with Graph's answer in hand, before it was written down", async () => {
  await echoes("never");
  live.graph.hold();
  await live.reply(ana, "It is.");
  const send = await live.graph.nextSend();
  const conversation = await holdConversation(live.desk.url, ana.conversationId);
  await send.answer();
  await conversation.wanted();
  await server.kill();
  await conversation.release();
  await live.graph.pass();
  await restart();
  expect(await live.replies(ana)).toEqual(["dispatching It is."]);
  await live.advance(MINUTE + 1000);
  await endsAsSent("It is.");
});

test("killed again and again at any moment while replies go out: each is sent once, in the order of the clicks", async () => {
  const people = await Promise.all([live.newCustomer(), live.newCustomer(), live.newCustomer(), live.newCustomer()]);
  const written = new Map<Customer, string[]>(people.map((person) => [person, []]));
  const random = randomNumbers(7);
  for (let round = 0; round < 6; round += 1) {
    // Now Graph answers late, now it takes the message late: the kill falls into either.
    await live.emulator.post("/_control/faults", {
      path: "send",
      kind: "delay",
      accept: round % 2 === 0,
      ms: 25,
      times: 12,
    });
    const enough = (await live.ledger()).length + Math.floor(random() * 13);
    for (let n = 0; n < 3; n += 1) {
      for (const person of people) {
        const text = `round ${round}, reply ${n}`;
        await live.reply(person, text);
        written.get(person)?.push(text);
      }
    }
    await live.passTimeUntil("some have left", async () => (await live.ledger()).length >= enough);
    await server.kill();
    await live.emulator.clearFaults();
    await restart();
    await live.advance(MINUTE + 1000);
    await live.passTimeUntil(
      "the interrupted ones are known",
      async () => (await count("dispatching", "unconfirmed")) === 0,
    );
  }
  await live.passTimeUntil("all are sent", async () => (await count("queued", "dispatching", "unconfirmed")) === 0);
  for (const person of people) {
    const expected = written.get(person) ?? [];
    expect(await texts(person)).toEqual(expected);
    expect(await live.replies(person)).toEqual(expected.map((text) => `sent ${text}`));
  }
});

async function count(...states: string[]): Promise<number> {
  const { rows } = await live.desk.pool.query<{ n: number }>(
    "select count(*)::int as n from message where direction = 'out' and state = any ($1)",
    [states],
  );
  return rows[0]?.n ?? 0;
}
