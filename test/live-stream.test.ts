import { once } from "node:events";
import { get } from "node:http";
import { connect } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/ids";
import { write } from "@/lib/inbox/context";
import { eraseContact } from "@/lib/inbox/erase-contact";
import type { ConversationPage, MessageRow } from "@/lib/inbox/types";
import type { Child } from "./child-process";
import { deliver, envelope } from "./desk-fixture";
import { freePort } from "./free-port";
import { type Customer, FACEBOOK_APP, type LiveDesk, openLiveDesk, type Shop } from "./live-desk";
import { followLive, type LiveReader } from "./live-reader";
import { until } from "./until";

/** Who follows the stream knows at last what the database knows, whatever happens to the server meanwhile. */
let live: LiveDesk;
let server: Child;
let ana: Customer;
const readers: LiveReader[] = [];

beforeAll(async () => {
  live = await openLiveDesk();
  server = await live.start();
  ana = await live.newCustomer();
});
afterAll(() => live?.close());
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

async function follow(
  options: { shop?: Shop; after?: number; lastEventId?: number; url?: string } = {},
): Promise<LiveReader> {
  const shop = options.shop ?? live.shop;
  const after = options.after ?? (await lastEvent(shop));
  const reader = followLive(options.url ?? live.url, shop.cookie, after, options.lastEventId);
  readers.push(reader);
  await until("the stream is open", () => reader.connections > 0);
  return reader;
}

async function lastEvent(shop = live.shop): Promise<number> {
  const { rows } = await live.desk.db.execute<{ last: number }>(
    sql`select last from workspace_sequence where workspace_id = ${shop.workspaceId}`,
  );
  return rows[0]?.last ?? 0;
}

async function caughtUp(reader: LiveReader, shop = live.shop): Promise<void> {
  await until("the reader has seen the last event", async () => reader.through === (await lastEvent(shop)));
}

/** Frames follow upon one another without a gap. */
function expectNoGaps(reader: LiveReader, from: number): void {
  let through = from;
  for (const frame of reader.frames) {
    expect(frame.after).toBeLessThanOrEqual(through);
    expect(frame.through).toBeGreaterThan(through);
    through = frame.through;
  }
}

/** What it was told of is what the database says, row by row. */
async function isEqualToDatabase(reader: LiveReader): Promise<boolean> {
  const { json } = await live.api<ConversationPage>("GET", "/conversations");
  const told = json.conversations.filter((row) => reader.conversations.has(row.id));
  expect(told.length).toBeGreaterThan(0);
  expect(told.map((row) => reader.conversations.get(row.id))).toEqual(told);
  for (const { id } of told) {
    const thread = await live.api<{ messages: MessageRow[] }>("GET", `/conversations/${id}`);
    const messages = thread.json.messages.filter((row) => reader.messages.has(row.id));
    expect(messages.map((row) => reader.messages.get(row.id))).toEqual(messages);
  }
  return true;
}

test("what comes in, goes out, is read and is taken back appears by itself, each in its place", async () => {
  const from = await lastEvent();
  const reader = await follow();
  await live.customerWrites(ana, "How long does shipping take?");
  const reply = await live.reply(ana, "Two days.");
  await until("the reply is sent", () => reader.messages.get(reply.id)?.state === "sent");
  await live.emulator.post("/_play/seen", { threadId: await threadOf(ana), by: "customer" });
  await until("it is seen", () => (reader.conversations.get(ana.conversationId)?.seenThroughAt ?? 0) > 0);
  await live.api("POST", `/conversations/${ana.conversationId}/read`, { through: 100 });
  await until("nothing is unread", () => reader.conversations.get(ana.conversationId)?.unread === 0);
  await live.emulator.post("/_play/unsend", { mid: (await live.ledger(ana)).at(-1)?.mid });
  await until("it is taken back", () => reader.messages.get(reply.id)?.unsent === true);
  await live.emulator.get("/_control/idle");
  await caughtUp(reader);
  expectNoGaps(reader, from);
  await until("the reader knows what the database knows", () => isEqualToDatabase(reader));
});

test("no event is missed while the server is stopped, killed and started in the middle of the traffic", async () => {
  const from = await lastEvent();
  const [early, late] = [await follow(), await follow({ after: 0 })];
  const said: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    await until("both readers are back", () => early.connections > round && late.connections > round);
    for (let n = 0; n < 15; n += 1) {
      const text = `${round}-${n}`;
      said.push(text);
      await say("6001", text);
    }
    await until("some of it came", () => texts(early).length > round * 8);
    if (round % 2 === 0) await server.kill();
    else expect(await server.stop()).toBe(0);
    // What other processes do meanwhile is not missed either.
    await say("6001", `${round}-away`);
    said.push(`${round}-away`);
    server = await live.start();
  }
  await until("everything is projected", async () => {
    await live.advance(61_000);
    const { rows } = await live.desk.db.execute(sql`select 1 from delivery limit 1`);
    return rows.length === 0;
  });
  for (const reader of [early, late]) {
    await caughtUp(reader);
    expect(
      texts(reader)
        .filter((text) => /^\d-/.test(text))
        .sort(),
    ).toEqual(said.sort());
    expect(reader.frames.some((frame) => frame.resync)).toBe(false);
    await until("the reader knows what the database knows", () => isEqualToDatabase(reader));
  }
  expectNoGaps(early, from);
  expectNoGaps(late, 0);
});

test("who resumes by Last-Event-ID gets exactly what came after it", async () => {
  await say("6002", "one");
  await until("it is projected", async () => (await deliveries()) === 0);
  const middle = await lastEvent();
  await say("6002", "two");
  await until("it is projected", async () => (await deliveries()) === 0);
  const reader = await follow({ after: 0, lastEventId: middle });
  await caughtUp(reader);
  expectNoGaps(reader, middle);
  expect(texts(reader)).toEqual(["two"]);
});

test("a process whose events were written by another one tells of them, too", async () => {
  const port = await freePort();
  const other = await live.start({ worker: "off", port });
  const reader = await follow({ url: `http://127.0.0.1:${port}` });
  await live.customerWrites(ana, "Written by the first process");
  await until("the second tells", () => texts(reader).includes("Written by the first process"));
  await other.stop();
});

test("who is too far behind, or ahead of a database that was restored, is told to read everything anew", async () => {
  const current = await follow();
  await live.desk.db.execute(sql`
    with counter as (
      update workspace_sequence set last = last + 6000 where workspace_id = ${live.shop.workspaceId} returning last
    )
    insert into event (workspace_id, sequence, type, conversation_id, at)
    select ${live.shop.workspaceId}, counter.last - 6000 + n, 'conversation.changed', ${ana.conversationId}, desk_now()
    from counter, generate_series(1, 6000) n`);
  for (const lastEventId of [1, (await lastEvent()) + 1000]) {
    const last = await lastEvent();
    const reader = await follow({ after: 0, lastEventId });
    await until("it is told", () => reader.frames.length > 0);
    expect(reader.frames[0]).toMatchObject({ resync: true, messages: [], conversations: [] });
    // The writer's profile may have been told of since.
    expect(reader.frames[0]?.through).toBeGreaterThanOrEqual(last);
    await say("6003", `after ${lastEventId}`);
    await until("it goes on from there", () => texts(reader).includes(`after ${lastEventId}`));
  }
  await caughtUp(current);
});

test("events that were thrown away by age mean a resync, too", async () => {
  const before = await lastEvent();
  await say("6004", "soon forgotten");
  await until("it is projected", async () => (await deliveries()) === 0);
  await live.desk.db.execute(sql`delete from event where workspace_id = ${live.shop.workspaceId}`);
  const reader = await follow({ after: before });
  await until("it is told", () => reader.frames[0]?.resync === true);
  await caughtUp(reader);
});

test("a stream tells of its own workspace alone", async () => {
  const fjord = await live.addShop("Ingrid Berg", "Fjord Knits");
  const [mine, theirs] = [await follow({ after: 0 }), await follow({ shop: fjord, after: 0 })];
  await deliverTo(fjord, "6101", "canary-fjord");
  await say("6102", "canary-ceramics");
  await until(
    "each has its own",
    () => texts(mine).includes("canary-ceramics") && texts(theirs).includes("canary-fjord"),
  );
  await Promise.all([caughtUp(mine), caughtUp(theirs, fjord)]);
  expect(JSON.stringify(mine.frames)).not.toContain("canary-fjord");
  expect(JSON.stringify(theirs.frames)).not.toContain("canary-ceramics");
  expect(JSON.stringify(theirs.frames)).not.toContain(live.shop.channelId);
});

test("a removed member's stream ends at once and does not come back", async () => {
  const memberId = newId();
  const member = { ...live.shop.member, id: memberId, role: "agent" as const };
  await live.desk.db.execute(sql`
    insert into member (workspace_id, id, facebook_user_id, name, role)
    values (${member.workspaceId}, ${memberId}, ${`fb-${memberId}`}, 'Tomás', 'agent')`);
  const cookie = await live.cookieOf(member);
  const reader = await follow({ shop: { ...live.shop, member, cookie } });
  const { removeMember } = await import("@/lib/inbox/remove-member");
  await removeMember(live.shop.ctx, { memberId });
  await until("the stream has ended and is refused", async () => (await statusOf(cookie)) === 401 && reader.ended > 0);
  await say("6201", "not for former members");
  await until("it is projected", async () => (await deliveries()) === 0);
  expect(JSON.stringify(reader.frames)).not.toContain("not for former members");
});

test("a browser that takes nothing is cut off, holds nobody up, and misses nothing when it comes back", async () => {
  const other = await follow();
  const from = await lastEvent();
  const slow = await openWithoutReading(`/api/live?after=${from}`);
  const texts = Array.from({ length: 16 }, (_, n) => `${n} ${"x".repeat(1_000_000)}`);
  for (const text of texts) {
    await say("6301", text);
    await until("it is projected", async () => (await deliveries()) === 0);
  }
  await until("the others have it all", () => textsOf(other, "6301").length === texts.length);
  const everything = await slow.readToItsEnd();
  // An event that was cut off counts for nothing, its id neither.
  const received = everything.slice(0, everything.lastIndexOf("\n\n"));
  const last = Number([...received.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? from);
  expect(last).toBeLessThan(await lastEvent());
  const again = await follow({ after: 0, lastEventId: last });
  await caughtUp(again);
  const told = new Set(texts.filter((text) => received.includes(text) || textsOf(again, "6301").includes(text)));
  expect(told.size).toBe(texts.length);
});

function textsOf(reader: LiveReader, person: string): string[] {
  const suffix = person.slice(-4);
  const conversation = [...reader.conversations.values()].find((row) => row.contact.displayName.endsWith(suffix));
  return [...reader.messages.values()].flatMap((row) =>
    row.conversationId === conversation?.id ? (row.text ?? []) : [],
  );
}

/** A stream whose client stops reading at once, as a laptop that fell asleep. */
async function openWithoutReading(path: string): Promise<{ readToItsEnd(): Promise<string> }> {
  const { hostname, port } = new URL(live.url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${live.shop.cookie}\r\n\r\n`);
  return {
    readToItsEnd: () =>
      new Promise((resolve) => {
        let text = "";
        socket.setEncoding("utf8");
        socket.on("data", (chunk: string) => {
          text += chunk;
        });
        socket.on("error", () => undefined);
        socket.on("close", () => resolve(text));
        socket.resume();
      }),
  };
}

test("the number of unread conversations is that of the workspace, not of the first page, and follows the stream", async () => {
  const inStore = async () => {
    const { rows } = await live.desk.db.execute<{ n: number }>(
      sql`select count(*)::int as n from conversation where workspace_id = ${live.shop.workspaceId} and unread > 0`,
    );
    return rows[0]?.n ?? 0;
  };
  const reader = await follow();
  const told = () => reader.frames.findLast((frame) => frame.unread !== null)?.unread;
  for (let person = 7001; person <= 7055; person += 1) await say(String(person), "Is it in stock?");
  await until("all are told of", async () => (await deliveries()) === 0 && told() === (await inStore()));
  expect(told()).toBeGreaterThanOrEqual(55);
  const { json: page } = await live.api<ConversationPage>("GET", "/conversations");
  expect(page.conversations).toHaveLength(50);
  expect(page.unread).toBe(told());

  const [first, second] = page.conversations;
  await live.api("POST", `/conversations/${first?.id}/read`, { through: 100 });
  await until("one fewer", () => told() === page.unread - 1);
  const contactId = second?.contact.id ?? "";
  await write(live.shop.ctx, (tx) => eraseContact(tx, { contactId }));
  await until("and one is erased", () => told() === page.unread - 2);
  expect(await inStore()).toBe(page.unread - 2);
});

test("nobody without a session follows anything", async () => {
  expect(await statusOf("")).toBe(401);
  expect(await statusOf("next-auth.session-token=forged")).toBe(401);
});

function texts(reader: LiveReader): string[] {
  return [...reader.messages.values()].flatMap((message) => message.text ?? []);
}

async function say(person: string, text: string): Promise<void> {
  await deliverTo(live.shop, person, text);
}

/** Puts a delivery where the door puts it, and rings as the door does; no server process needs to run. */
async function deliverTo(shop: Shop, person: string, text: string): Promise<void> {
  const message = { mid: `mid-${newId()}`, text };
  const item = { sender: { id: person }, recipient: { id: shop.accountId }, timestamp: Date.now(), message };
  await deliver(live.desk, envelope(shop.accountId, item), FACEBOOK_APP.id);
  await live.desk.db.execute(sql`select pg_notify('replydesk', 'test deliveries')`);
}

async function deliveries(): Promise<number> {
  const { rows } = await live.desk.db.execute<{ n: number }>(sql`select count(*)::int as n from delivery`);
  return rows[0]?.n ?? 0;
}

async function threadOf(customer: Customer): Promise<string> {
  type State = { threads: { id: string; customerId: string }[] };
  const { threads } = await live.emulator.get<State>("/_play/state");
  return threads.find((thread) => thread.customerId === customer.id)?.id ?? "";
}

function statusOf(cookie: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = get(`${live.url}/api/live?after=0`, { headers: { cookie }, agent: false }, (response) => {
      resolve(response.statusCode);
      response.destroy();
    });
    call.on("error", reject);
  });
}
