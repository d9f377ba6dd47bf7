import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { APP_SECRET, type Json, TestClient, until } from "./test-client";

const MINUTE_MS = 60 * 1000;

let client: TestClient;
let igId: string;
let pageId: string;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(async () => {
  client.receiver.answer.status = 200;
  await client.control("/reset", {});
  ({ igId, pageId } = await client.connect());
  await client.control("/idle");
  client.receiver.received.length = 0;
});
afterAll(() => client.close());

const say = (text: string, customerId = "ana.lima", more: Json = {}) =>
  client.play("/send", { customerId, igId, text, ...more });
const attempts = async (): Promise<Json[]> => (await client.control("/deliveries?bodies=1")).entries;

test("a delivery is signed over its very bytes and carries Meta's headers", async () => {
  const { mid, delivery } = await say("Größe M? 👗 https://nora.example/shop");
  expect(delivery).toEqual({ sent: true });
  await client.control("/idle");
  const [post] = client.receiver.received;
  expect(post?.headers).toMatchObject({
    "content-type": "application/json",
    "user-agent": "facebookexternalua",
    accept: "*/*",
    "facebook-api-version": "v26.0",
  });
  const body = post?.body ?? "";
  expect(body).toMatch(/^[\x20-\x7e]+$/);
  expect(body).toContain(String.raw`Gr\u00f6\u00dfe M? \ud83d\udc57 https:\/\/nora.example\/shop`);
  expect(post?.headers["x-hub-signature-256"]).toBe(
    `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`,
  );
  expect(post?.headers["x-hub-signature"]).toBe(`sha1=${createHmac("sha1", APP_SECRET).update(body).digest("hex")}`);
  const envelope = JSON.parse(body);
  expect(envelope).toMatchObject({
    object: "instagram",
    entry: [{ id: igId, messaging: [{ recipient: { id: igId }, message: { mid } }] }],
  });
  expect(await attempts()).toMatchObject([{ attempt: 1, status: 200, error: null, items: 1, body }]);
});

test("messages of one thread come in order", async () => {
  for (let n = 1; n <= 30; n++) await say(`message ${n}`);
  await client.control("/idle");
  expect(client.receiver.items().map((item: Json) => item.message.text)).toEqual(
    Array.from({ length: 30 }, (_, n) => `message ${n + 1}`),
  );
});

test("nothing is delivered without the Page's subscription, the handshake or the owner's leave", async () => {
  const reason = async () => (await say("hello")).delivery.reason;
  await client.play("/business/settings", { igId, allowMessages: false });
  expect(await reason()).toContain("Allow access to messages");
  await client.play("/business/settings", { igId, allowMessages: true });
  const { apps } = await client.control("/apps");
  await client.control("/subscriptions", { appId: apps[0].id, pageId, fields: null });
  expect(await reason()).toContain("No app is connected");
  expect((await client.control("/idle")).ok).toBe(true);
  expect(client.receiver.received).toEqual([]);
});

test("a failing delivery is retried until it is taken, with the same bytes", async () => {
  client.receiver.answer.status = 503;
  await say("can you hear me?");
  await until(async () => (await attempts()).length >= 2);
  client.receiver.answer.status = 200;
  await client.control("/clock", { advanceMs: 10 * MINUTE_MS });
  await until(async () => (await client.control("/deliveries")).pending.length === 0);
  const all = await attempts();
  expect(all.at(-1)).toMatchObject({ status: 200 });
  expect(all.slice(0, 2).map((attempt) => attempt.status)).toEqual([503, 503]);
  expect(new Set(client.receiver.received.map((post) => post.body)).size).toBe(1);
});

test("no answer within five seconds is a failure", async () => {
  client.receiver.answer.status = null;
  await say("anybody?");
  await client.control("/idle");
  const [attempt] = await attempts();
  expect(attempt).toMatchObject({ status: null, error: "no answer within 5 s" });
});

test("after an hour of failing the app is unsubscribed from the Page", async () => {
  client.receiver.answer.status = 500;
  await say("hello?");
  await until(async () => (await attempts()).length >= 1);
  for (let step = 0; step < 8; step++) {
    const before = (await attempts()).length;
    await client.control("/clock", { advanceMs: 10 * MINUTE_MS });
    await until(
      async () => (await attempts()).length > before || (await client.control("/deliveries")).pending.length === 0,
    );
  }
  expect((await client.control("/deliveries")).pending).toEqual([]);
  expect((await client.control("/subscriptions")).subscriptions).toEqual([]);
  expect((await say("and now?")).delivery.sent).toBe(false);
});

test("held deliveries are released shuffled, in batches and more than once", async () => {
  await client.control("/deliveries/hold", {});
  for (let n = 0; n < 20; n++) await say(`held ${n}`, n % 2 ? "ana.lima" : "marco.rossi");
  expect(client.receiver.received).toEqual([]);
  const released = await client.control("/deliveries/release", { shuffle: true, seed: 7, batchSize: 6, duplicate: 3 });
  expect(released).toMatchObject({ items: 20, posts: 12 });
  const texts = client.receiver.items().map((item: Json) => item.message.text);
  expect(texts).toHaveLength(60);
  expect(new Set(texts).size).toBe(20);
  expect(texts.slice(0, 6)).not.toEqual(["held 0", "held 1", "held 2", "held 3", "held 4", "held 5"]);
  expect((await say("prompt again")).delivery).toEqual({ sent: true });
});

test("a delivery is replayed in parallel, rightly and wrongly signed", async () => {
  await say("once");
  await client.control("/idle");
  const [{ deliveryId }] = (await attempts()) as [Json];
  expect((await client.control("/deliveries/replay", { deliveryId, times: 25 })).statuses).toEqual(Array(25).fill(200));
  expect(new Set(client.receiver.received.map((post) => post.body)).size).toBe(1);
  const header = async (signature: string) => {
    await client.control("/deliveries/replay", { deliveryId, signature });
    return client.receiver.received.at(-1)?.headers;
  };
  expect((await header("missing"))?.["x-hub-signature-256"]).toBeUndefined();
  expect((await header("sha1-only"))?.["x-hub-signature-256"]).toBeUndefined();
  expect((await header("truncated"))?.["x-hub-signature-256"]).toHaveLength(63);
  expect((await header("wrong"))?.["x-hub-signature-256"]).not.toBe(
    client.receiver.received[0]?.headers["x-hub-signature-256"],
  );
});

test("the echo goes out before the answer, later or never, as the switch says", async () => {
  const { igsid } = (await say("hi")).thread;
  const { token } = await client.connect();
  const reply = (text: string) => client.graph("/me/messages", token, { recipient: { id: igsid }, message: { text } });
  const echoes = () => client.receiver.items().filter((item: Json) => item.message?.is_echo);
  await client.control("/switches", { echo: "before" });
  await reply("before");
  expect(echoes()).toHaveLength(1);
  await client.control("/switches", { echo: "never" });
  await reply("never");
  await client.control("/switches", { echo: "delayed", echoDelayMs: 30 });
  await reply("delayed");
  await until(() => echoes().length === 2);
  expect(echoes().map((item: Json) => item.message.text)).toEqual(["before", "delayed"]);
});

test("the dashboard's test button sends an account with id 0", async () => {
  expect(await client.control("/deliveries/test-button", {})).toMatchObject({ status: 200 });
  expect(JSON.parse(client.receiver.received.at(-1)?.body ?? "")).toMatchObject({
    entry: [{ id: "0", changes: [{ field: "messages", value: { message: { mid: "random_mid" } } }] }],
  });
});
