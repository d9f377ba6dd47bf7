import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { publicId } from "@/lib/api/public-id";
import { DAY, HOUR } from "@/lib/time";
import { type Integrator, openIntegrator } from "./integrator";
import { type LiveDesk, openLiveDesk } from "./live-desk";
import type { Sink } from "./sink";
import { until } from "./until";

/** What integrators are told, by the product's own processes, against an endpoint that behaves as endpoints do. */
let live: LiveDesk;
let integrator: Integrator;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
  integrator = await openIntegrator(live);
});
afterAll(() => live.close());
afterEach(() => integrator.clear());

const call: Integrator["call"] = (...given) => integrator.call(...given);
const subscribe: Integrator["subscribe"] = (...given) => integrator.subscribe(...given);
const newSink = () => integrator.newSink();

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

test.each([
  "http://169.254.169.254/latest/meta-data",
  "http://10.0.0.1/",
  "http://[::ffff:10.0.0.1]/",
  "http://[fd00::1]/",
  "http://0xa000001/",
  "http://167772161/",
  "http://012.0.0.1/",
  "http://10。0。0。1/",
  "http://user:password@example.com/",
  "ftp://example.com/",
])("%s is refused as a target", async (target) => {
  const { status, json } = await call("POST", "/integrations", {
    type: "custom",
    webhooks: [{ target, triggers: ["*"] }],
  });
  expect(status).toBe(400);
  expect(json.errors[0].code).toBe("bad_request");
});
