import { afterAll, beforeAll, expect, test } from "vitest";
import { answerConnectAttempt } from "@/lib/inbox/answer-connect-attempt";
import { claimConnectAttempt } from "@/lib/inbox/claim-connect-attempt";
import { connectChannel } from "@/lib/inbox/connect-channel";
import { startConnectAttempt } from "@/lib/inbox/start-connect-attempt";
import type { ChannelHistory, ChannelRow } from "@/lib/inbox/types";
import { MINUTE } from "@/lib/time";
import type { Child } from "./child-process";
import { type Customer, FACEBOOK_APP, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** A login that ends in the middle of the work: nothing is lost, nothing is sent twice, and the desk goes on by itself. */
let live: LiveDesk;
let server: Child;

beforeAll(async () => {
  live = await openLiveDesk();
  server = await live.start();
});
afterAll(() => live?.close());

const kill = () => live.emulator.post("/_control/tokens", { pageId: live.shop.pageId, action: "password-change" });

async function channel(): Promise<ChannelRow> {
  const { json } = await live.api<{ channels: ChannelRow[] }>("GET", "/channels");
  const [first] = json.channels;
  if (!first || json.channels.length !== 1) throw new Error("The desk shows another number of channels than one.");
  return first;
}

async function reconnect(): Promise<void> {
  const { ctx, channelId } = live.shop;
  const started = await startConnectAttempt(ctx, { way: "login", previousBrowser: null, channelId });
  const { attemptId } = await claimConnectAttempt(ctx, started);
  const person = { id: "1", name: "Nora Keller" };
  await answerConnectAttempt(ctx, { attemptId, answer: { userToken: "EAA", person, permissions: {} } });
  const page = await live.emulator.connect("Nora Keller", "Nora Ceramics");
  const connected = await connectChannel(ctx, {
    attemptId,
    facebookAppId: FACEBOOK_APP.id,
    page: { id: page.pageId, name: "Nora Ceramics" },
    token: { value: page.token, expiresAt: null, dataAccessExpiresAt: null },
    account: { id: page.accountId, username: "nora.ceramics", name: "Nora Ceramics", pictureUrl: null },
    problem: null,
  });
  expect(connected).toEqual({ channelId });
}

const texts = async (customer: Customer) => (await live.messages(customer)).map(({ text }) => text);

async function lose(what: () => Promise<unknown>): Promise<void> {
  await live.emulator.post("/_control/deliveries/lose", { times: null });
  await what();
  await fetch(`${live.emulator.url}/_control/deliveries/lose`, { method: "DELETE" });
}

const historyPath = () => `/channels/${live.shop.channelId}/history`;

async function nothingIsRead(): Promise<void> {
  await until("nothing is being read", async () => {
    const { json } = await live.api<ChannelHistory>("GET", historyPath());
    return json.running === null;
  });
}

test("a token dies mid-send: one banner, the queue is kept, messages come in, and after reconnecting all goes out once", async () => {
  const [ana, bo] = [await live.newCustomer(), await live.newCustomer()];
  live.graph.hold();
  await live.reply(ana, "one");
  const first = await live.graph.nextSend();
  // Graph has taken the first; the token dies before it sees the others.
  await first.forward();
  await live.reply(ana, "two");
  await live.reply(ana, "three");
  await live.reply(bo, "four");
  await kill();
  await live.graph.pass();
  await until("the banner is there", async () => (await channel()).state === "broken");
  expect((await channel()).problem).toMatch(/changed their Facebook password.*Reconnect the channel/);
  await until("the first is known to be sent", async () => (await live.replies(ana))[0] === "sent one");
  expect(await live.replies(ana)).toEqual(["sent one", "queued two", "queued three"]);
  expect(await live.replies(bo)).toEqual(["queued four"]);

  await live.customerWrites(bo, "Anybody there?");
  await lose(() =>
    live.emulator.post("/_play/send", { customerId: bo.id, igId: live.shop.accountId, text: "Lost on the way" }),
  );
  // Nobody tries again and again with a dead token, not even a process that starts anew.
  await server.kill();
  server = await live.start();
  await live.advance(10 * MINUTE);
  expect(await live.replies(ana)).toEqual(["sent one", "queued two", "queued three"]);
  expect((await live.ledger()).map(({ text }) => text)).toEqual(["one"]);

  await reconnect();
  await until("all has left", async () => (await live.ledger()).length === 4);
  await until("all is told", async () => {
    const states = [...(await live.replies(ana)), ...(await live.replies(bo))];
    return states.every((reply) => reply.startsWith("sent "));
  });
  expect((await live.ledger(ana)).map(({ text }) => text)).toEqual(["one", "two", "three"]);
  expect((await live.ledger(bo)).map(({ text }) => text)).toEqual(["four"]);
  expect((await channel()).state).toBe("healthy");
  await until("the hole is filled", async () => (await texts(bo)).includes("Lost on the way"));
  expect((await texts(bo)).filter((text) => text === "Lost on the way")).toHaveLength(1);
});

test("what was missed is read back also when the connection mends itself", async () => {
  const cleo = await live.newCustomer();
  await nothingIsRead();
  await kill();
  await live.reply(cleo, "five");
  await until("the banner is there", async () => (await channel()).state === "broken");
  await lose(() =>
    live.emulator.post("/_play/send", { customerId: cleo.id, igId: live.shop.accountId, text: "Missed" }),
  );
  await live.emulator.post("/_control/tokens", { pageId: live.shop.pageId, action: "restore" });
  // The look at a broken connection comes by itself, and after it what waited for it.
  await live.advance(11 * MINUTE);
  await until("the connection is found in order", async () => (await channel()).state === "healthy");
  await live.advance(2 * MINUTE);
  await until("it is read back", async () => (await texts(cleo)).includes("Missed"));
  await until("the reply has left", async () => (await live.replies(cleo))[0] === "sent five");
  expect((await live.ledger(cleo)).map(({ text }) => text)).toEqual(["five"]);
});

test("a token that dies while the history is read: it waits, and goes on where it was", async () => {
  const people: Customer[] = [];
  for (let n = 0; n < 5; n += 1) people.push(await live.newCustomer(`early ${n}`));
  await lose(async () => {
    for (const [n, { id }] of people.entries())
      await live.emulator.post("/_play/send", { customerId: id, igId: live.shop.accountId, text: `lost ${n}` });
  });
  await nothingIsRead();
  await live.api("POST", historyPath());
  await until("some are read", async () => (await Promise.all(people.map(texts))).flat().includes("lost 4"));
  await kill();
  await until("the banner is there", async () => (await channel()).state === "broken");
  await reconnect();
  for (const [n, person] of people.entries())
    await until("all are read", async () => (await texts(person)).join() === `early ${n},lost ${n}`);
});
