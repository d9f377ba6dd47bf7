import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newId } from "@/lib/ids";
import { connectChannel } from "@/lib/inbox/connect-channel";
import { MINUTE, SECOND } from "@/lib/time";
import { type Customer, FACEBOOK_APP, type LiveDesk, openLiveDesk, type Shop } from "./live-desk";
import { until } from "./until";

/** Meta out of order for one account: nothing lost, nothing double, the order of the clicks kept, and nobody else held up. */
let live: LiveDesk;
let knits: Shop;
let people: Customer[];

beforeAll(async () => {
  live = await openLiveDesk();
  knits = await live.addShop("Ingrid Berg", "Fjord Knits");
  await live.start();
});
afterAll(() => live?.close());

beforeEach(async () => {
  await live.emulator.clearFaults();
  people = await Promise.all([live.newCustomer(), live.newCustomer(), live.newCustomer()]);
});

const fault = (body: object) =>
  live.emulator.post("/_control/faults", { path: `/${live.shop.pageId}/`, times: 100_000, ...body });

async function everybodyWrites(each: number): Promise<void> {
  for (let n = 0; n < each; n += 1) for (const person of people) await live.reply(person, `reply ${n}`);
}

async function allSentOnce(each: number): Promise<void> {
  const expected = Array.from({ length: each }, (_, n) => `reply ${n}`);
  await live.passTimeUntil(
    "everything is sent",
    async () => {
      const threads = await Promise.all(people.map((person) => live.replies(person)));
      return threads.every((replies) => replies.every((reply) => reply.startsWith("sent ")));
    },
    20 * SECOND,
  );
  for (const person of people) {
    expect((await live.ledger(person)).map(({ text }) => text)).toEqual(expected);
    expect(await live.replies(person)).toEqual(expected.map((text) => `sent ${text}`));
  }
}

/** By the clock of desk and Meta; workers look after each step. */
async function minutesPass(minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes * MINUTE; passed += 20 * SECOND) await live.advance(20 * SECOND);
}

test.each([
  ["5xx with Graph's own error", { kind: "error", code: 2, status: 503 }],
  ["5xx pages of HTML", { kind: "html", status: 502 }],
  ["broken connections, though the messages were taken", { kind: "close", accept: true }],
])("ten minutes of %s: all is sent afterwards, once, in order", async (_, body) => {
  await fault(body);
  await everybodyWrites(3);
  await minutesPass(10);
  await live.emulator.clearFaults();
  await allSentOnce(3);
});

test("a storm of rate limits fails nothing: the account rests as a whole and goes on in order", async () => {
  await fault({ path: "send", kind: "error", code: 613, subcode: 2534040, status: 400, times: 7 });
  await fault({ path: "send", kind: "error", code: 80006, status: 400, times: 5 });
  await everybodyWrites(4);
  await allSentOnce(4);
  const { rows } = await live.desk.db.execute(sql`select code from delivery_event where type = 'failure'`);
  expect(rows).toEqual([]);
});

test("an account that has used up what Meta allows it rests before it is refused", async () => {
  const [ana] = people;
  if (!ana) throw new Error("There is nobody.");
  await fault({ path: "send", recipient: ana.igsid, kind: "delay", ms: 1, regainMinutes: 5, times: 1 });
  await live.reply(ana, "first");
  await until("it is sent", async () => (await live.replies(ana))[0] === "sent first");
  await live.reply(ana, "second");
  await live.advance(4 * MINUTE);
  expect(await live.replies(ana)).toEqual(["sent first", "queued second"]);
  await live.passTimeUntil("the rest is over", async () => (await live.replies(ana))[1] === "sent second");
});

test("while Graph hangs for one account, another account's replies leave as ever", async () => {
  const friend = await customerOf(knits);
  await fault({ kind: "hang" });
  const crowd = await Promise.all(Array.from({ length: 40 }, () => live.newCustomer()));
  await Promise.all(crowd.map((person) => live.reply(person, "Are you there?")));
  await until("Graph hangs", async () => (await dispatching()) > 0);
  await everyReplyLeaves(friend, 5);
  // They left while the calls of the other account still hung, and those are few.
  const hanging = await dispatching();
  expect(hanging).toBeGreaterThan(0);
  expect(hanging).toBeLessThanOrEqual(4);
  await live.emulator.clearFaults();
  await live.passTimeUntil(
    "everything is sent",
    async () =>
      (await Promise.all(crowd.map((person) => live.replies(person)))).flat().every((r) => r.startsWith("sent ")),
    20 * SECOND,
  );
  for (const person of crowd) expect((await live.ledger(person)).map(({ text }) => text)).toEqual(["Are you there?"]);
});

test("an ended login keeps what waits, in every form, and the reconnection sends it at once, in order", async () => {
  const [ana, ben] = people;
  if (!ana || !ben) throw new Error("There is nobody.");
  const page = { pageId: live.shop.pageId };
  // Everything is clicked before the login ends, and leaves after: whatever else asks Graph may notice first.
  live.graph.hold();
  await live.reply(ana, "first");
  await live.send(ana, [{ type: "like_heart" }, { type: "text", text: "last" }]);
  await live.reply(ben, "Hello Ben");
  await live.emulator.post("/_control/tokens", { ...page, action: "expire" });
  await live.graph.pass();
  await until("the channel is broken, and nothing failed", async () => {
    const { rows } = await live.desk.db.execute<{ state: string }>(
      sql`select state from channel where id = ${live.shop.channelId}`,
    );
    const replies = [...(await live.replies(ana)), ...(await live.replies(ben))];
    return rows[0]?.state === "broken" && replies.every((reply) => reply.startsWith("queued "));
  });
  const path = `/conversations/${ana.conversationId}/messages`;
  expect(await live.api("POST", path, { id: crypto.randomUUID(), text: "too late" })).toMatchObject({
    status: 409,
    json: { error: { message: expect.stringContaining("Reconnect the channel") } },
  });
  await live.customerWrites(ana, "Are you there?");

  await live.emulator.post("/_control/tokens", { ...page, action: "restore" });
  const { token } = await live.emulator.connect("Nora Keller", "Nora Ceramics");
  await reconnect(token);
  await until(
    "everything is sent",
    async () =>
      [...(await live.replies(ana)), ...(await live.replies(ben))].every((reply) => reply.startsWith("sent ")),
    HELD_BY_ITSELF_MS / 2,
  );
  expect((await live.ledger(ana)).map(({ kind, text }) => text ?? kind)).toEqual(["first", "like_heart", "last"]);
  expect((await live.ledger(ben)).map(({ text }) => text)).toEqual(["Hello Ben"]);
});

/** So long a send waits when nothing wakes it. */
const HELD_BY_ITSELF_MS = 60_000;

/** What Save does at the end of the login dialog. */
async function reconnect(token: string): Promise<void> {
  const attemptId = newId();
  const { workspaceId, member, ctx, accountId, pageId } = live.shop;
  await live.desk.db.execute(sql`
    insert into connect_attempt (workspace_id, id, member_id, state_hash, browser_hash, created_at, expires_at, user_token_sealed)
    values (${workspaceId}, ${attemptId}, ${member.id}, ${attemptId}, 'x', desk_now(), desk_now() + interval '15 minutes', 'x')`);
  await connectChannel(ctx, {
    attemptId,
    facebookAppId: FACEBOOK_APP.id,
    page: { id: pageId, name: "Nora Ceramics" },
    token: { value: token, expiresAt: null, dataAccessExpiresAt: null },
    account: { id: accountId, username: "nora.ceramics", name: "Nora Ceramics", pictureUrl: null },
    problem: null,
  });
}

async function customerOf(shop: Shop): Promise<{ conversationId: string }> {
  const made = await live.emulator.post<{ customer: { id: string } }>("/_play/customers", {
    name: "A friend of knits",
  });
  await live.emulator.post("/_play/send", { customerId: made.customer.id, igId: shop.accountId, text: "Hello" });
  return until("the first message is shown", async () => {
    const { rows } = await live.desk.db.execute<{ conversationId: string }>(
      sql`select id as "conversationId" from conversation where channel_id = ${shop.channelId} limit 1`,
    );
    return rows[0];
  });
}

async function everyReplyLeaves({ conversationId }: { conversationId: string }, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const id = crypto.randomUUID();
    const path = `/conversations/${conversationId}/messages`;
    expect((await live.api("POST", path, { id, text: `reply ${n}` }, knits)).status).toBe(201);
    await until("it is sent", async () => {
      const { rows } = await live.desk.db.execute(sql`select 1 from message where id = ${id} and state = 'sent'`);
      return rows.length > 0;
    });
  }
}

async function dispatching(): Promise<number> {
  const { rows } = await live.desk.db.execute<{ n: number }>(
    sql`select count(*)::int as n from message where channel_id = ${live.shop.channelId} and state = 'dispatching'`,
  );
  return rows[0]?.n ?? 0;
}
