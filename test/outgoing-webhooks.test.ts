import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { idRange, publicId } from "@/lib/api/public-id";
import { findId } from "@/lib/inbox/find-id";
import { processHandles } from "@/lib/process-handles";
import { DAY, HOUR } from "@/lib/time";
import { addWebhook } from "@/lib/webhooks/add-webhook";
import { listAttempts } from "@/lib/webhooks/list-attempts";
import { type DnsServer, openDnsServer } from "./dns-server";
import { png } from "./files";
import { type Integrator, openIntegrator } from "./integrator";
import { type LiveDesk, openLiveDesk } from "./live-desk";
import { NO_ADDRESSES, PRIVATE_HOSTS } from "./private-addresses";
import { useSettings } from "./settings";
import { openSink, type Sink } from "./sink";
import { until } from "./until";

/** What integrators are told, by the product's own processes, against an endpoint that behaves as endpoints do. */
let live: LiveDesk;
let integrator: Integrator;
let names: DnsServer;

/** The one address of this machine that may be called: as the internet, where the others are the private network. */
const PUBLIC = "127.0.0.2";

beforeAll(async () => {
  useSettings({ OUTBOUND_ALLOW_CIDRS: `${PUBLIC}/32` });
  [live, names] = await Promise.all([openLiveDesk(), openDnsServer()]);
  await live.start({
    env: {
      OUTBOUND_ALLOW_CIDRS: `${PUBLIC}/32`,
      NODE_OPTIONS: "--import ./test/ask-name-server.mjs",
      TEST_NAME_SERVER: names.address,
    },
  });
  integrator = await openIntegrator(live);
});
afterAll(async () => {
  await live?.close();
  await names?.close();
});
afterEach(() => integrator.clear());

const call: Integrator["call"] = (...given) => integrator.call(...given);
const subscribe: Integrator["subscribe"] = (...given) => integrator.subscribe(...given);
const newSink = (host = PUBLIC) => integrator.newSink(host);

const some = <T>(events: T[]) => (events.length > 0 ? events : null);
const ofType = (sink: Sink, type: string) => sink.taken().filter((event) => event.type === type);

test("a conversation is told from its first message to the seen mark, signed, each event once", async () => {
  const sink = await newSink();
  const hook = await subscribe(sink.url);
  const customer = await live.newCustomer("Do you ship to Porto?");
  const conversationId = publicId(customer.conversationId);
  await until("the first message is told", () => ofType(sink, "conversation:message").length === 1);

  const [created] = ofType(sink, "conversation:create");
  expect(created?.payload).toMatchObject({ conversation: { id: conversationId }, creationReason: "message" });
  const [told] = ofType(sink, "conversation:message");
  expect(told?.payload).toMatchObject({
    conversation: { id: conversationId, type: "personal" },
    message: {
      author: { type: "user" },
      content: { type: "text", text: "Do you ship to Porto?" },
      source: { type: "instagram", integrationId: publicId(live.shop.channelId) },
    },
  });

  const [first] = sink.received;
  expect(first?.json).toMatchObject({ app: { id: integrator.appId }, webhook: { id: hook.id, version: "v2" } });
  expect(first?.headers["x-api-key"]).toBe(hook.secret);
  const signed = `${first?.headers["webhook-id"]}.${first?.headers["webhook-timestamp"]}.${first?.body}`;
  const key = Buffer.from(hook.signingSecret.slice("whsec_".length), "base64");
  expect(first?.headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);

  const { json } = await call("POST", `/conversations/${conversationId}/messages`, {
    author: { type: "business", displayName: "Bot" },
    content: { type: "text", text: "Yes, in three days" },
  });
  const messageId = json.messages[0].id;
  const [accepted] = await until("Instagram's acceptance is told", () => {
    const events = ofType(sink, "conversation:message:delivery:channel");
    return events.length > 0 ? events : null;
  });
  const sent = (await live.ledger(customer)).find(({ text }) => text === "Yes, in three days");
  expect(accepted?.payload).toMatchObject({
    message: { id: messageId },
    destination: { type: "instagram", integrationId: publicId(live.shop.channelId) },
    externalMessages: [{ id: sent?.mid }],
    isFinalEvent: false,
  });
  expect(ofType(sink, "conversation:message").at(-1)?.payload).toMatchObject({
    message: { id: messageId, author: { type: "business", displayName: "Bot" } },
  });

  const { threads } = await live.emulator.get<{ threads: { id: string; customerId: string }[] }>("/_play/state");
  const thread = threads.find(({ customerId }) => customerId === customer.id);
  await live.emulator.post("/_play/seen", { threadId: thread?.id, by: "customer" });
  const [seen] = await until("the seen mark is told", () => {
    const events = ofType(sink, "conversation:message:delivery:user");
    return events.length > 0 ? events : null;
  });
  expect(seen?.payload).toMatchObject({ message: { id: messageId }, isFinalEvent: true });
  await until("the reading is told", () => ofType(sink, "conversation:read").length === 1);
  const ids = sink.taken().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("complaint 57: what an endpoint cannot take is told again, in order, under the same id", async () => {
  const sink = await newSink();
  sink.answer((response) => void response.writeHead(503).end());
  await subscribe(sink.url, ["conversation:message"]);
  const customer = await live.newCustomer("one");
  await until("the first attempt fails", () => sink.received.length === 1);
  const firstId = sink.received[0]?.json.events[0]?.id;
  await live.customerWrites(customer, "two");
  await live.customerWrites(customer, "three");
  await live.passTimeUntil("a second attempt is made", async () => sink.received.length >= 2);
  sink.answer((response) => void response.writeHead(200).end());
  await live.passTimeUntil("everything is told", async () => sink.taken().length === 3, 30_000);
  expect(sink.taken()[0]?.id).toBe(firstId);
  const texts = sink.taken().map(({ payload }) => (payload.message as { content: { text: string } }).content.text);
  expect(texts).toEqual(["one", "two", "three"]);
});

test("400 is not repeated and takes nothing with it; 410 ends the webhook; redirects are not followed", async () => {
  const elsewhere = await newSink();
  const picky = await newSink();
  picky.answer((response, { json }) => {
    const refuses = json.events.some(({ payload }) => JSON.stringify(payload).includes("poison"));
    response.writeHead(refuses ? 400 : 200).end();
  });
  const gone = await newSink();
  gone.answer((response) => void response.writeHead(410).end());
  const redirecting = await newSink();
  redirecting.answer((response) => void response.writeHead(302, { location: elsewhere.url }).end());
  for (const sink of [picky, gone, redirecting]) await subscribe(sink.url, ["conversation:message"]);

  const customer = await live.newCustomer("poison");
  await live.customerWrites(customer, "wholesome");
  await until("what is wholesome is told", () => picky.taken().length === 1);
  await until("the others were called", () => gone.received.length === 1 && redirecting.received.length >= 1);
  await live.customerWrites(customer, "more");
  await until("more is told", () => picky.taken().length === 2);
  expect(picky.received.filter(({ body }) => body.includes("poison") && !body.includes("wholesome")).length).toBe(1);
  expect(gone.received).toHaveLength(1);
  expect(elsewhere.received).toHaveLength(0);
});

test("a message of several sends fails once, finally, with Instagram's own words; its later parts are silent", async () => {
  const sink = await newSink();
  await subscribe(sink.url);
  const customer = await live.newCustomer("Tell me everything");
  const path = `/conversations/${publicId(customer.conversationId)}/messages`;
  const content = { type: "text", text: Array.from({ length: 450 }, (_, n) => `wörd${n}`).join(" ") };
  await call("POST", path, { author: { type: "business" }, content });
  const [sent] = await until("all of it is at Instagram", () => {
    const events = ofType(sink, "conversation:message:delivery:channel");
    return events.length > 0 ? events : null;
  });
  const mids = (await live.ledger(customer)).map(({ mid }) => ({ id: mid }));
  expect(mids.length).toBeGreaterThan(2);
  expect(sent?.payload.externalMessages).toEqual(mids);

  const fault = { path: "send", recipient: customer.igsid };
  await live.emulator.post("/_control/faults", { ...fault, kind: "delay", ms: 1, accept: true });
  await live.emulator.post("/_control/faults", { ...fault, kind: "error", code: 551 });
  const { json } = await call("POST", path, { author: { type: "business" }, content });
  await until("every part has its end", async () => {
    const states = (await live.replies(customer)).slice(mids.length).map((line) => line.split(" ")[0]);
    return states.length === mids.length && states.every((state, part) => state === (part === 0 ? "sent" : "failed"));
  });
  await live.customerWrites(customer, "And?");
  await until("what came after it is told", () => ofType(sink, "conversation:message").length === 4);
  expect(ofType(sink, "conversation:message:delivery:channel")).toHaveLength(1);
  const failures = ofType(sink, "conversation:message:delivery:failure");
  expect(failures.map(({ payload }) => payload)).toEqual([
    {
      conversation: { id: publicId(customer.conversationId), type: "personal" },
      user: { id: expect.any(String), authenticated: false },
      message: { id: json.messages[0].id },
      destination: { type: "instagram", integrationId: publicId(live.shop.channelId) },
      isFinalEvent: true,
      error: {
        code: "blocked",
        message: expect.stringMatching(/\w/),
        underlyingError: { type: "OAuthException", code: 551, message: expect.any(String) },
      },
    },
  ]);
});

test("what becomes of a person is told: they came, their profile, what was said of them, blocked, back, erased", async () => {
  const sink = await newSink();
  await subscribe(sink.url, ["*"], { includeFullSource: true });
  const customer = await live.newCustomer("Hello");
  const conversation = { id: publicId(customer.conversationId), type: "personal" };
  const [added] = await until("the coming is told", () => some(ofType(sink, "client:add")));
  const client = { type: "instagram", externalId: customer.igsid, integrationId: publicId(live.shop.channelId) };
  const source = { type: "instagram", integrationId: client.integrationId, client: { externalId: customer.igsid } };
  expect(added?.payload).toMatchObject({ conversation, client, reason: "channelLinking", source });
  const user = added?.payload.user as { id: string };
  const [told] = await until("the message is told", () => some(ofType(sink, "conversation:message")));
  expect(told?.payload).toMatchObject({ message: { source: { client: { externalId: customer.igsid, raw: {} } } } });

  const updates = () => sink.taken().filter(({ type }) => type === "client:update" || type === "user:update");
  const reasons = () => updates().map(({ type, payload }) => `${type} ${payload.reason}`);
  await until("the profile is told", () => reasons().length === 2);
  expect(reasons()).toEqual(["client:update profile", "user:update profile"]);
  expect(updates()[0]?.payload).toMatchObject({
    conversation,
    user,
    client: { displayName: expect.stringMatching(/^Customer/) },
  });
  expect(updates()[1]?.payload).toMatchObject({ user, source });

  await call("PATCH", `/users/${user.id}`, { metadata: { vip: true } });
  await until("the PATCH is told", () => reasons().at(-1) === "user:update api");
  expect(updates().at(-1)?.payload).toEqual({ user, reason: "api", source: { type: "api" } });

  await live.emulator.post("/_control/faults", { path: "send", recipient: customer.igsid, kind: "error", code: 551 });
  await live.reply(customer, "Are you there?");
  await until("the block is told", () => reasons().at(-1) === "client:update blocked");
  expect(updates().at(-1)?.payload).toMatchObject({ conversation, user, client: { ...client, status: "blocked" } });
  const { json } = await call("GET", `/users/${user.id}/clients`);
  expect(json.clients).toMatchObject([{ status: "blocked" }]);
  await live.customerWrites(customer, "Here I am");
  await until("the return is told", () => reasons().at(-1) === "client:update unblocked");
  expect(updates().at(-1)?.payload).toMatchObject({ client: { status: "active" } });
  expect(reasons()).toHaveLength(5);

  await call("DELETE", `/users/${user.id}`);
  const [gone] = await until("the erasure is told", () => some(ofType(sink, "user:remove")));
  expect(gone?.payload).toEqual({ user });
  expect(ofType(sink, "conversation:remove").map(({ payload }) => payload)).toEqual([{ conversation }]);
  expect(ofType(sink, "client:remove").map(({ payload }) => payload)).toEqual([
    {
      user,
      client: { id: user.id, type: "instagram", status: "inactive" },
      reason: "api",
      error: null,
      source: { type: "api" },
    },
  ]);
});

test("stories that an integrator switched off are not told, and stand in the inbox all the same", async () => {
  const sink = await newSink();
  await subscribe(sink.url);
  const channel = `/integrations/${publicId(live.shop.channelId)}`;
  const igId = live.shop.accountId;
  const ana = await live.newCustomer("Hello");
  await call("PATCH", channel, { storyRepliesEnabled: false, storyMentionsEnabled: false });
  await live.emulator.post("/_play/story-mention", { customerId: ana.id, igId });
  await live.emulator.post("/_play/story-reply", { customerId: ana.id, igId, text: "Lovely!" });
  await until("both are in the inbox", async () => (await live.messages(ana)).length === 3);
  await live.customerWrites(ana, "Did you see it?");
  await until("what came after them is told", () => ofType(sink, "conversation:message").length === 2);
  await call("PATCH", channel, { storyRepliesEnabled: true, storyMentionsEnabled: true });
  await live.emulator.post("/_play/story-reply", { customerId: ana.id, igId, text: "Great!" });
  await live.emulator.post("/_play/story-mention", { customerId: ana.id, igId });
  await until("the second mention is told", () => ofType(sink, "conversation:referral").length > 0);
  expect(ofType(sink, "conversation:referral")).toHaveLength(1);
  const texts = ofType(sink, "conversation:message").map(
    ({ payload }) => (payload.message as { content: { text: string } }).content.text,
  );
  expect(texts).toEqual(["Hello", "Did you see it?", "Great!"]);
});

describe("complaint 38: whose words may leave when, by key and window", () => {
  const SCOPES = ["app", "integration", "account"] as const;
  const KINDS = [true, false];

  test("people's keys carry the tag between 24 hours and 7 days, programs' are refused with the reason", async () => {
    const sink = await newSink();
    await subscribe(sink.url, ["conversation:message:delivery:channel", "conversation:message:delivery:failure"]);
    const customer = await live.newCustomer("Anyone?");
    const keys = await Promise.all(
      SCOPES.flatMap((scope) =>
        KINDS.map(async (people) => ({ scope, people, as: await integrator.newKey(scope, people) })),
      ),
    );
    const path = `/conversations/${publicId(customer.conversationId)}/messages`;
    const REFUSED = {
      people: /More than 24 hours .* lets only people answer/,
      closed: /closed this conversation 7 days after/,
    };
    for (const [window, passed, outcome] of [
      ["within 24 hours", 0, () => ({ tag: null })],
      ["after a day", 25 * HOUR, (people: boolean) => (people ? { tag: "HUMAN_AGENT" } : { refused: REFUSED.people })],
      ["after a week", 7 * DAY, () => ({ refused: REFUSED.closed })],
    ] as const) {
      await live.advance(passed);
      for (const { scope, people, as } of keys) {
        const expected: { tag?: string | null; refused?: RegExp } = outcome(people);
        const text = `${people ? "A person" : "A program"} through the ${scope} ${window}`;
        const sent = await integrator.call(
          "POST",
          path,
          { author: { type: "business" }, content: { type: "text", text } },
          as,
        );
        expect(sent.status, text).toBe(201);
        const event = await until(`the end of "${text}" is told`, () =>
          sink.taken().find(({ payload }) => (payload.message as { id: string }).id === sent.json.messages[0].id),
        );
        const ledger = (await live.ledger(customer)).find((entry) => entry.text === text);
        if (expected.refused === undefined) {
          expect([event.type, ledger?.tag], text).toEqual(["conversation:message:delivery:channel", expected.tag]);
        } else {
          expect(ledger, text).toBeUndefined();
          expect(event, text).toMatchObject({
            type: "conversation:message:delivery:failure",
            payload: {
              isFinalEvent: true,
              error: { code: "forbidden", message: expect.stringMatching(expected.refused) },
            },
          });
        }
      }
    }
  });
});

describe("private networks are reached by no way out", () => {
  /** Every way by which somebody gives the desk an address that it will call: what is tried there must be refused. */
  async function waysIn(): Promise<Record<string, (address: string) => Promise<number>>> {
    const hook = await subscribe((await newSink()).url, ["conversation:message"]);
    const hooks = `/integrations/${hook.integrationId}/webhooks`;
    const { conversationId } = await live.newCustomer();
    const status = async (method: string, path: string, body: object) => (await call(method, path, body)).status;
    const send = (content: object) =>
      status("POST", `/conversations/${publicId(conversationId)}/messages`, { author: { type: "business" }, content });
    const told = (target: string) => ({ target, triggers: ["*"] });
    const { keyring } = processHandles();
    if (!keyring) throw new Error("openLiveDesk comes first");
    return {
      "an integration with a webhook": (at) =>
        status("POST", "/integrations", { type: "custom", webhooks: [told(at)] }),
      "one more webhook": (at) => status("POST", hooks, told(at)),
      "a webhook's new target": (at) => status("PATCH", `${hooks}/${hook.id}`, { target: at }),
      "the page of webhooks": (at) =>
        addWebhook({ ...live.shop.ctx, keyring }, { name: "Helpdesk", ...told(at) }).then(
          () => 201,
          (error) => (error.code === "invalid" ? 400 : 500),
        ),
      "a picture by its address": (mediaUrl) => send({ type: "image", mediaUrl }),
      "a file by its address": (mediaUrl) => send({ type: "file", mediaUrl }),
    };
  }

  test("on saving: every way in × every spelling", async () => {
    const inside = await openSink();
    const { port } = new URL(inside.url);
    const addresses = [...PRIVATE_HOSTS.map(([, host]) => `http://${host}:${port}/hook`), ...NO_ADDRESSES];
    const passed: string[] = [];
    for (const [way, tryOut] of Object.entries(await waysIn())) {
      for (const address of addresses) {
        const status = await tryOut(address);
        if (status !== 400) passed.push(`${way}: ${address} was answered ${status}`);
      }
    }
    expect(passed).toEqual([]);
    expect(inside.received).toEqual([]);
    await inside.close();
  });

  test("on connecting: a webhook's name that points elsewhere later", async () => {
    const sink = await newSink("0.0.0.0");
    // A connection that is kept would never ask for the name again.
    sink.answer((response) => void response.writeHead(200, { connection: "close" }).end());
    names.point(["127.0.0.2"]);
    const hook = await subscribe(sink.url.replace("0.0.0.0", "shop.rebind.test"), ["conversation:message"]);
    const customer = await live.newCustomer("one");
    await until("the first is told", () => sink.taken().length === 1);

    names.point(["127.0.0.1"], ["127.0.0.2", "127.0.0.1"], ["10.0.0.1"], ["127.0.0.2"]);
    const asked = names.asked();
    await live.customerWrites(customer, "two");
    await live.passTimeUntil("the second is told", async () => sink.taken().length === 2, 60_000);
    expect(names.asked() - asked).toBe(4);
    expect(sink.received.map(({ reachedAt }) => reachedAt)).toEqual(["127.0.0.2", "127.0.0.2"]);
    const webhookId = await findId(live.shop.ctx, { of: "webhook", range: idRange(hook.id) });
    const { attempts } = await listAttempts(live.shop.ctx, { webhookId: webhookId ?? "" });
    const refused = attempts.filter(({ reason }) => reason?.includes("leads into a private network"));
    expect(refused.map(({ status, outcome }) => [status, outcome])).toEqual(Array(3).fill([null, "again"]));
  });

  test("on connecting: a picture's name that points elsewhere later, and one that redirects", async () => {
    const reachedAt: (string | undefined)[] = [];
    const files = createServer((request, response) => {
      reachedAt.push(request.socket.localAddress);
      if (request.url === "/elsewhere.png") response.writeHead(302, { location: `http://127.0.0.1:${port}/bowl.png` });
      else response.writeHead(200, { "content-type": "image/png" });
      response.end(request.url === "/elsewhere.png" ? "" : png().bytes);
    });
    await new Promise<void>((resolve) => files.listen(0, resolve));
    const { port } = files.address() as AddressInfo;
    const { conversationId } = await live.newCustomer();
    const send = (path: string) =>
      call("POST", `/conversations/${publicId(conversationId)}/messages`, {
        author: { type: "business" },
        content: { type: "image", mediaUrl: `http://files.rebind.test:${port}${path}` },
      });
    names.point(["127.0.0.2"]);
    expect((await send("/bowl.png")).status).toBe(201);
    const redirected = await send("/elsewhere.png");
    expect(redirected.status).toBe(400);
    expect(redirected.json.errors[0].title).toContain("redirects");
    for (const answer of [["127.0.0.1"], ["127.0.0.2", "10.0.0.1"], ["169.254.169.254"]]) {
      names.point(answer);
      const { status, json } = await send("/bowl.png");
      expect(status).toBe(400);
      expect(json.errors[0].title).toContain("private network");
    }
    // The second answer is what a name server gives once the first has been looked at.
    names.point(["127.0.0.2"], ["127.0.0.1"]);
    expect((await send("/bowl.png")).status).toBe(201);
    expect(reachedAt.map((address) => address?.replace("::ffff:", ""))).toEqual(Array(3).fill("127.0.0.2"));
    files.close();
  });
});
