import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ThreadPage } from "@/lib/inbox/types";
import { DAY, HOUR, MINUTE } from "@/lib/time";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** Reactions, "seen" and "typing": what a member does shows on the customer's phone, and nothing waits for it. */
let live: LiveDesk;
let ana: Customer;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
});
afterAll(() => live?.close());

beforeEach(async () => {
  await live.emulator.clearFaults();
  ana = await live.newCustomer("Is it still there?");
});

const HEART = "\u2764\ufe0f";

const question = async () => (await live.messages(ana))[0];
const react = async (emoji: string | null) =>
  live.api("POST", `/messages/${(await question())?.id}/reaction`, { emoji });
const told = (...signals: string[]) =>
  until(`Instagram was told: ${signals.join(", ")}`, async () => {
    expect(await live.signals(ana)).toEqual(signals);
    return true;
  });
const fault = (body: object) =>
  live.emulator.post("/_control/faults", { path: `/${live.shop.pageId}/messages`, recipient: ana.igsid, ...body });

test("a heart is given, given again without effect, and taken back", async () => {
  expect(await react(HEART)).toMatchObject({ status: 200, json: { reactions: [{ by: "business", emoji: HEART }] } });
  await told("react");
  expect((await react("\u2764")).status).toBe(200);
  expect(await react(null)).toMatchObject({ status: 200, json: { reactions: [] } });
  await told("react", "unreact");
  expect((await question())?.reactions).toEqual([]);
});

test("another emoji is refused in words, for Instagram would not take it", async () => {
  expect(await react("\ud83d\ude02")).toMatchObject({
    status: 422,
    json: { error: { message: expect.stringContaining(`react with ${HEART} only`) } },
  });
});

test("a reaction that Instagram does not answer is told again; one that it refuses goes from the screen", async () => {
  await fault({ kind: "close" });
  await react(HEART);
  await live.passTimeUntil("it was told", async () => (await live.signals(ana)).length === 1);
  await fault({ kind: "error", code: 100, subcode: 2534015 });
  await react(null);
  await until("the heart is back", async () => (await question())?.reactions.length === 1);
  await fault({ kind: "close", times: 5 });
  await react(null);
  await live.passTimeUntil("it is given up", async () => (await question())?.reactions.length === 1);
});

test("reading tells the customer, once; after 24 hours nothing is told", async () => {
  const read = async () => {
    const through = Math.max(...(await live.messages(ana)).map(({ arrival }) => arrival));
    expect((await live.api("POST", `/conversations/${ana.conversationId}/read`, { through })).status).toBe(204);
  };
  await read();
  await told("mark_seen");
  await read();
  await live.customerWrites(ana, "Hello?");
  await read();
  await told("mark_seen", "mark_seen");
  await live.customerWrites(ana, "Hello??");
  await live.advance(25 * HOUR);
  await read();
  await until("the job is done", async () => {
    const { rows } = await live.desk.pool.query("select 1 from job where queue = 'signal' and state <> 'dead'");
    return rows.length === 0;
  });
  await told("mark_seen", "mark_seen");
});

test("who answers has read what they answer, and the customer sees it; what came meanwhile stays unread", async () => {
  const unread = async () => {
    const { json } = await live.api<ThreadPage>("GET", `/conversations/${ana.conversationId}`);
    return json.conversation.unread;
  };
  const onScreen = (await question())?.arrival;
  await live.customerWrites(ana, "Hello?");
  expect(await unread()).toBe(2);
  const answer = (readThrough: number | undefined) =>
    live.api("POST", `/conversations/${ana.conversationId}/messages`, { id: randomUUID(), text: "Yes", readThrough });
  expect((await answer(-1)).status).toBe(422);
  expect((await answer(onScreen)).status).toBe(201);
  expect(await unread()).toBe(1);
  await told("mark_seen");
  expect((await answer(undefined)).status).toBe(201);
  expect(await unread()).toBe(0);
  await told("mark_seen", "mark_seen");
});

test("typing is told at most every 15 seconds, and its failure disturbs nobody", async () => {
  await fault({ kind: "error", code: 2, times: 1 });
  const typing = () => live.api("POST", `/conversations/${ana.conversationId}/typing`);
  for (let n = 0; n < 5; n += 1) expect((await typing()).status).toBe(204);
  await live.reply(ana, "Yes");
  await until("the reply is sent", async () => (await live.replies(ana))[0] === "sent Yes");
  const ben = await live.newCustomer();
  for (let n = 0; n < 5; n += 1) await live.api("POST", `/conversations/${ben.conversationId}/typing`);
  await until("it was told once", async () => (await live.signals(ben)).length === 1);
  expect(await live.signals(ben)).toEqual(["typing_on"]);
});

test("a limited account rests for its signals too", async () => {
  await fault({ kind: "error", code: 613 });
  await react(HEART);
  await until("the account rests", async () => {
    const { rows } = await live.desk.pool.query("select 1 from channel where paused_until > desk_now()");
    return rows.length > 0;
  });
  await live.reply(ana, "Yes");
  expect(await live.replies(ana)).toEqual(["queued Yes"]);
  await live.advance(MINUTE - 20_000);
  expect(await live.signals(ana)).toEqual([]);
  await live.passTimeUntil("the reply is sent", async () => (await live.replies(ana))[0] === "sent Yes");
  await told("react");
  await live.advance(8 * DAY);
  expect((await react(null)).status).toBe(409);
});
