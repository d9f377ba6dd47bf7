import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { idRange } from "@/lib/api/public-id";
import { findId } from "@/lib/inbox/find-id";
import { processHandles } from "@/lib/process-handles";
import { DAY, HOUR, MINUTE, SECOND } from "@/lib/time";
import { type AttemptRow, listAttempts } from "@/lib/webhooks/list-attempts";
import { listWebhooks, type WebhookOverview } from "@/lib/webhooks/list-webhooks";
import { recordTold } from "@/lib/webhooks/record-told";
import { replayEvents } from "@/lib/webhooks/replay-events";
import { resumeWebhook } from "@/lib/webhooks/resume-webhook";
import { sweep } from "@/server/sweep";
import type { Child } from "./child-process";
import { freePort } from "./free-port";
import { type Hook, type Integrator, openIntegrator } from "./integrator";
import { type LiveDesk, openLiveDesk } from "./live-desk";
import { setClock } from "./set-clock";
import type { Sink } from "./sink";
import { until } from "./until";

/** Endpoints at their worst: each is treated as docs/api/webhooks.md promises, and nobody else notices. */
let live: LiveDesk;
let server: Child;
let integrator: Integrator;

beforeAll(async () => {
  live = await openLiveDesk();
  server = await live.start();
  integrator = await openIntegrator(live);
});
afterAll(() => live?.close());
afterEach(() => integrator.clear());

const MESSAGES = ["conversation:message"];

async function idOf(hook: Hook): Promise<string> {
  const id = await findId(live.shop.ctx, { of: "webhook", range: idRange(hook.id) });
  if (!id) throw new Error("The webhook is gone.");
  return id;
}

async function overview(id: string): Promise<WebhookOverview> {
  const [webhook] = await listWebhooks(live.shop.ctx, { id });
  if (!webhook) throw new Error("The webhook is gone.");
  return webhook;
}

/** The newest first. */
async function attemptsOf(id: string): Promise<AttemptRow[]> {
  return (await listAttempts(live.shop.ctx, { webhookId: id })).attempts;
}

/** An endpoint that hears of messages, and its webhook. */
async function listening(): Promise<{ sink: Sink; id: string }> {
  const sink = await integrator.newSink();
  return { sink, id: await idOf(await integrator.subscribe(sink.url, MESSAGES)) };
}

const textsOf = (sink: Sink) =>
  sink.taken().map(({ payload }) => (payload.message as { content: { text: string } }).content.text);

/** Lets the time until the next attempt pass, and waits for it. */
async function nextAttempt(sink: Sink, id: string): Promise<void> {
  const before = sink.received.length;
  const { resumeAt } = await until("it rests", async () => {
    const webhook = await overview(id);
    // Until the last attempt has been judged, the rest before it stands there.
    return webhook.resumeAt !== null && webhook.resumeAt > (await deskNow()) ? webhook : null;
  });
  await live.advance(Math.max(0, (resumeAt ?? 0) - (await deskNow())) + 10);
  await until("it is tried again", () => sink.received.length > before);
  await until("the attempt is written down", async () => (await attemptsOf(id)).length >= sink.received.length);
}

async function deskNow(): Promise<number> {
  const { rows } = await live.desk.db.execute<{ at: Date }>(sql`select desk_now() as at`);
  return rows[0]?.at.getTime() ?? 0;
}

test("it fails for hours: tried five times within 15 minutes, then ever more seldom; then all is told, in order, once", async () => {
  const { sink, id } = await listening();
  const healthy = await listening();
  sink.answer((response) => void response.writeHead(503).end());
  const customer = await live.newCustomer("one");
  await until("the first attempt fails", async () => (await overview(id)).failingSince !== null);
  const begunAt = await deskNow();
  while ((await deskNow()) < begunAt + 6 * HOUR) {
    await nextAttempt(sink, id);
    if (sink.received.length === 5) await live.customerWrites(customer, "two");
  }
  const times = (await attemptsOf(id)).map(({ at }) => at).reverse();
  expect((times[4] ?? 0) - (times[0] ?? 0)).toBeLessThan(15 * MINUTE);
  const rests = times.slice(1).map((at, n) => at - (times[n] ?? 0));
  expect(rests.length).toBeGreaterThan(6);
  expect(rests.every((rest, n) => n === 0 || rest > (rests[n - 1] ?? 0))).toBe(true);
  await until("the healthy one was told meanwhile", () => textsOf(healthy.sink).length === 2);

  const { failingSince } = await overview(id);
  expect((await deskNow()) - (failingSince ?? 0)).toBeGreaterThan(5 * HOUR);
  const [latest] = await attemptsOf(id);
  expect(latest).toMatchObject({ status: 503, outcome: "again", reason: "It answered 503." });

  sink.answer((response) => void response.writeHead(200).end());
  await resumeWebhook(live.shop.ctx, { webhookId: id });
  await live.advance(0);
  await until("all is told", () => textsOf(sink).length === 2);
  expect(textsOf(sink)).toEqual(["one", "two"]);
  await until("it does well again", async () => (await overview(id)).failingSince === null);
  expect(healthy.sink.received.length).toBe(2);
});

test("it hangs: given up after 20 seconds and tried again, while others are told at once", async () => {
  const hanging = await listening();
  const healthy = await listening();
  hanging.sink.answer(() => undefined);
  await live.newCustomer("one");
  await live.newCustomer("two");
  await until("the healthy one is told", () => textsOf(healthy.sink).length === 2);
  const [attempt] = await until("the attempt ends", async () => {
    const attempts = await attemptsOf(hanging.id);
    return attempts.length > 0 ? attempts : null;
  });
  expect(attempt).toMatchObject({ status: null, outcome: "again" });
  expect(attempt?.reason).toContain("no answer within 20 seconds");
});

test("429 with Retry-After: it rests as long as it asks for", async () => {
  const { sink, id } = await listening();
  sink.answer((response) => void response.writeHead(429, { "retry-after": "1800" }).end());
  await live.newCustomer("one");
  await until("it is refused", async () => (await overview(id)).resumeAt !== null);
  const asked = ((await overview(id)).resumeAt ?? 0) - (await deskNow());
  expect(asked).toBeGreaterThan(1700 * SECOND);
  expect(asked).toBeLessThanOrEqual(1800 * SECOND);
  sink.answer((response) => void response.writeHead(200).end());
  await nextAttempt(sink, id);
  expect(textsOf(sink)).toEqual(["one"]);
});

test("410: told nothing more; switched on again, it is told what comes, and on request what it missed", async () => {
  const { sink, id } = await listening();
  sink.answer((response) => void response.writeHead(410).end());
  const customer = await live.newCustomer("one");
  await until("it is switched off", async () => (await overview(id)).disabledReason !== null);
  await live.customerWrites(customer, "two");
  await until("what it misses is counted", async () => (await overview(id)).missed === 2);
  expect(sink.received).toHaveLength(1);
  await expect(replayEvents(live.shop.ctx, { webhookId: id, which: "missed" })).rejects.toMatchObject({
    code: "conflict",
  });

  sink.answer((response) => void response.writeHead(200).end());
  await resumeWebhook(live.shop.ctx, { webhookId: id });
  await live.customerWrites(customer, "three");
  await until("what comes is told", () => textsOf(sink).length === 1);
  expect(await replayEvents(live.shop.ctx, { webhookId: id, which: "missed" })).toBe(2);
  await live.advance(0);
  await until("what was missed is told", () => textsOf(sink).length === 3);
  expect(textsOf(sink)).toEqual(["three", "one", "two"]);
  await until("the telling is written down", async () => (await overview(id)).waiting === 0);

  const ids = sink.taken().map((event) => event.id);
  const span = { from: (await deskNow()) - DAY, to: await deskNow() };
  expect(await replayEvents(live.shop.ctx, { webhookId: id, which: span })).toBe(3);
  await live.advance(0);
  await until("the whole time is told again", () => textsOf(sink).length === 6);
  expect(
    sink
      .taken()
      .slice(3)
      .map((event) => event.id)
      .sort(),
  ).toEqual(ids.sort());
});

test("302 into a private network: not followed, and said so", async () => {
  const { sink, id } = await listening();
  sink.answer((response) => void response.writeHead(302, { location: "http://169.254.169.254/" }).end());
  await live.newCustomer("one");
  const [attempt] = await until("the attempt ends", async () => {
    const attempts = await attemptsOf(id);
    return attempts.length > 0 ? attempts : null;
  });
  expect(attempt).toMatchObject({ status: 302, outcome: "again" });
  expect(attempt?.reason).toContain("Redirects are not followed");
});

test("a gigabyte of answer: its head counts, the rest is cut off", async () => {
  const { sink } = await listening();
  let sent = 0;
  let cut = false;
  sink.answer((response) => {
    const chunk = Buffer.alloc(64 * 1024);
    response.writeHead(200, { "content-length": 1024 ** 3 });
    response.on("close", () => {
      cut = true;
    });
    const pour = () => {
      while (!cut && sent < 1024 ** 3) {
        sent += chunk.length;
        if (!response.write(chunk)) return void response.once("drain", pour);
      }
    };
    pour();
  });
  const customer = await live.newCustomer("one");
  await until("the answer is cut off", () => cut);
  expect(sent).toBeLessThan(64 * 1024 ** 2);
  sink.answer((response) => void response.writeHead(200).end());
  await live.customerWrites(customer, "two");
  await until("the next is told", () => textsOf(sink).includes("two"));
  expect(sink.received).toHaveLength(2);
});

test("it closes the connection: tried again", async () => {
  const { sink, id } = await listening();
  sink.answer((response) => void response.destroy());
  await live.newCustomer("one");
  const [attempt] = await until("the attempt ends", async () => {
    const attempts = await attemptsOf(id);
    return attempts.length > 0 ? attempts : null;
  });
  expect(attempt).toMatchObject({ status: null, outcome: "again" });
  expect(attempt?.reason).toContain("There was no answer");
  sink.answer((response) => void response.writeHead(200).end());
  await nextAttempt(sink, id);
  expect(textsOf(sink)).toEqual(["one"]);
});

test("it answers slowly: told once, the next in its turn, and nobody waits for it", async () => {
  const slow = await listening();
  const healthy = await listening();
  let answer: () => void = () => undefined;
  slow.sink.answer((response) => {
    answer = () => void response.writeHead(200).end();
  });
  const customer = await live.newCustomer("one");
  await until("it is called", () => slow.sink.received.length === 1);
  await live.customerWrites(customer, "two");
  await until("the healthy one is told", () => textsOf(healthy.sink).length === 2);
  expect(slow.sink.received).toHaveLength(1);
  slow.sink.answer((response) => void response.writeHead(200).end());
  answer();
  await until("both are told", () => textsOf(slow.sink).length === 2);
  expect(textsOf(slow.sink)).toEqual(["one", "two"]);
});

test("killed again and again while much is told: everything arrives, in order, and repeats only under the same id", async () => {
  const { sink } = await listening();
  const customers = [await live.newCustomer("0.0"), await live.newCustomer("1.0"), await live.newCustomer("2.0")];
  const said = customers.map((_, n) => [`${n}.0`]);
  for (const round of [1, 2, 3]) {
    const before = sink.received.length;
    sink.answer(() => undefined);
    for (const [n, customer] of customers.entries()) {
      await live.customerWrites(customer, `${n}.${round}`);
      said[n]?.push(`${n}.${round}`);
    }
    await until("a call is on its way", () => sink.received.length > before);
    await server.kill();
    sink.answer((response) => void response.writeHead(200).end());
    server = await live.start();
    await live.passTimeUntil(
      "everything is told",
      async () => new Set(textsOf(sink)).size === 3 + 3 * round,
      20 * SECOND,
    );
  }

  const heard = sink.received.flatMap(({ json }) => json.events);
  const ids = new Map<string, Set<string>>();
  for (const { id, payload } of heard) {
    const { text } = (payload.message as { content: { text: string } }).content;
    ids.set(text, (ids.get(text) ?? new Set()).add(id));
  }
  expect(heard.length).toBeGreaterThanOrEqual(12 + 3);
  expect([...ids.values()].every((known) => known.size === 1)).toBe(true);
  const firstTold = [...new Set(textsOf(sink))];
  for (const [n, texts] of said.entries()) expect(firstTold.filter((text) => text.startsWith(`${n}.`))).toEqual(texts);
});

test("deleted while it is told: neither waits for the other", async () => {
  const { sink, id } = await listening();
  sink.answer(() => undefined);
  await live.newCustomer("one");
  await until("it is called", () => sink.received.length === 1);
  const { rows } = await live.desk.db.execute<{ number: number }>(
    sql`select number from webhook_event where webhook_id = ${id}`,
  );
  const place = { workspaceId: live.shop.workspaceId, webhookId: id };
  const told = await live.desk.db.transaction(async (tx) => {
    // What deleting begins with; by then somebody has heard that the call went well.
    await tx.execute(sql`select from webhook where id = ${id} for update`);
    const recording = recordTold(live.desk.db, [
      { ...place, numbers: rows.map(({ number }) => number), status: 200, durationMs: 5 },
    ]);
    await until("who writes that down waits", async () => {
      const { rowCount } = await live.desk.db.execute(sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%webhook_attempt%'`);
      return rowCount === 1;
    });
    await tx.execute(sql`delete from webhook where id = ${id}`);
    return { recording };
  });
  await told.recording;
  expect(await listWebhooks(live.shop.ctx, { id })).toEqual([]);
});

test("several processes: each event once", async () => {
  const second = await live.start({ port: await freePort() });
  const { sink } = await listening();
  const customer = await live.newCustomer("0");
  const said = Array.from({ length: 30 }, (_, n) => String(n + 1));
  for (const text of said)
    await live.emulator.post("/_play/send", { customerId: customer.id, igId: live.shop.accountId, text });
  await until("everything is told", () => textsOf(sink).length === 31);
  // What comes in within the same moment may be read by either.
  expect(textsOf(sink).toSorted()).toEqual(["0", ...said].toSorted());
  await second.stop();
});

test("unsent between event and telling: that it was there is told, not what it said", async () => {
  const { sink, id } = await listening();
  sink.answer((response) => void response.writeHead(503).end());
  const customer = await live.newCustomer("Hello");
  await until("the first attempt fails", () => sink.received.length === 1);
  const sent = await live.emulator.post<{ mid: string }>("/_play/send", {
    customerId: customer.id,
    igId: live.shop.accountId,
    text: "my card number is 4111",
  });
  await until("it is shown", async () => (await live.messages(customer)).length === 2);
  await live.emulator.post("/_play/unsend", { mid: sent.mid });
  await until("it is unsent", async () => (await live.messages(customer)).some((message) => message.unsent));
  sink.answer((response) => void response.writeHead(200).end());
  await nextAttempt(sink, id);
  await until("both are told", () => sink.taken().length === 2);
  expect(sink.taken()[1]?.payload).toMatchObject({ message: { content: { type: "text", text: "" }, deleted: true } });
  expect(sink.received.map(({ body }) => body).join()).not.toContain("4111");
});

test("what an endpoint was told is forgotten after 30 days", async () => {
  const { sink, id } = await listening();
  await live.newCustomer("one");
  await until("it is told", async () => sink.taken().length === 1 && (await attemptsOf(id)).length === 1);
  const count = async () => {
    const { rows } = await live.desk.db.execute<{ count: number }>(
      sql`select count(*)::int as count from webhook_event where webhook_id = ${id}`,
    );
    return rows[0]?.count;
  };
  // The chores are done here, by hand: nobody else is to look at the clock meanwhile.
  await server.kill();
  const before = processHandles().clock.offsetMs;
  await setClock(live.desk.db, before + 29 * DAY);
  await sweep(live.desk.system);
  expect(await count()).toBe(1);
  expect(await attemptsOf(id)).toHaveLength(1);
  await setClock(live.desk.db, before + 31 * DAY);
  await sweep(live.desk.system);
  expect(await count()).toBe(0);
  expect(await attemptsOf(id)).toEqual([]);
  await setClock(live.desk.db, before);
  server = await live.start();
});
