import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Json, TestClient, until } from "./test-client";

let client: TestClient;
let igId: string;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(async () => {
  await client.control("/reset", {});
  ({ igId } = await client.connect());
  await client.control("/idle");
  client.receiver.received.length = 0;
});
afterAll(() => client.close());

async function lastItem(): Promise<Json> {
  await client.control("/idle");
  return client.receiver.items().at(-1);
}

test("the world has people worth playing with", async () => {
  const { businesses, customers, samples } = await client.get("/_play/state");
  expect(customers.length).toBeGreaterThanOrEqual(8);
  expect(customers.filter((one: Json) => one.private).length).toBeGreaterThanOrEqual(2);
  expect(customers.some((one: Json) => one.picture === null)).toBe(true);
  expect(customers.some((one: Json) => one.consentError)).toBe(true);
  expect(customers.some((one: Json) => one.name.length > 50)).toBe(true);
  expect(samples.length).toBeGreaterThanOrEqual(4);
  const ceramics = businesses.find((one: Json) => one.igId === igId);
  expect(ceramics).toMatchObject({
    username: "nora.ceramics",
    connected: true,
    allowMessages: true,
    pageName: "Nora Ceramics",
  });
  expect(ceramics.stories[0].active).toBe(true);
});

test("pictures, a quick reply and an inline reply arrive in one message each", async () => {
  const { mid } = await client.play("/send", {
    customerId: "ana.lima",
    igId,
    text: "these two",
    images: ["vase", "sea"],
  });
  expect((await lastItem()).message).toMatchObject({
    mid,
    text: "these two",
    attachments: [{ type: "image" }, { type: "image" }],
  });
  await client.play("/send", { customerId: "ana.lima", igId, text: "Red", quickReply: "COLOR_RED", replyToMid: mid });
  expect((await lastItem()).message).toMatchObject({
    text: "Red",
    quick_reply: { payload: "COLOR_RED" },
    reply_to: { mid },
  });
});

test("a story reply carries id and address of the business's story", async () => {
  const { story } = await client.play("/business/story", { igId, image: "night" });
  await client.play("/story-reply", { customerId: "marco.rossi", igId, text: "😍" });
  expect((await lastItem()).message).toMatchObject({
    text: "😍",
    reply_to: { story: { id: story.id, url: story.url } },
  });
  const knits = (await client.get("/_play/state")).businesses.find((one: Json) => one.username === "five.looms");
  const none = await client.post("/_play/story-reply", { customerId: "marco.rossi", igId: knits.igId, text: "x" });
  expect(none).toMatchObject({ status: 409, body: { error: { message: expect.stringContaining("post one first") } } });
});

test("a mention arrives, unless the account is private and not followed", async () => {
  await client.play("/story-mention", { customerId: "ana.lima", igId });
  expect((await lastItem()).message).toEqual({
    mid: expect.any(String),
    attachments: [{ type: "story_mention", payload: { url: expect.stringContaining("/cdn/") } }],
  });
  const hidden = await client.play("/story-mention", { customerId: "priya.sharma", igId });
  expect(hidden).toMatchObject({
    mid: null,
    thread: null,
    delivery: { sent: false, reason: expect.stringContaining("private") },
  });
  await client.play("/business/follow", { igId, customerId: "priya.sharma", follow: true });
  expect((await client.play("/story-mention", { customerId: "priya.sharma", igId })).delivery).toEqual({ sent: true });
  await client.play("/customers/ana.lima", { private: true });
  expect((await client.play("/story-mention", { customerId: "ana.lima", igId })).delivery.sent).toBe(true);
});

test("seen, edit, reaction and unsend are told in Meta's shapes", async () => {
  const sent = await client.play("/send", { customerId: "ana.lima", igId, text: "oops" });
  const { thread } = sent;
  const echo = await client.play("/business/send", { customerId: "ana.lima", igId, text: "Hello Ana" });
  expect((await lastItem()).message).toEqual({ mid: echo.mid, is_echo: true, text: "Hello Ana" });

  await client.play("/seen", { threadId: thread.id, by: "customer" });
  expect(await lastItem()).toMatchObject({ sender: { id: thread.igsid }, read: { mid: echo.mid } });
  expect((await client.play("/seen", { threadId: thread.id, by: "customer" })).delivery.sent).toBe(false);
  expect((await client.get(`/_play/threads/${thread.id}`)).thread.messages[1].seen).toBe(true);

  await client.play("/edit", { mid: sent.mid, text: "whoops" });
  expect((await lastItem()).message_edit).toEqual({ mid: sent.mid, text: "whoops", num_edit: "1" });
  await client.play("/react", { mid: echo.mid, emoji: "❤️" });
  expect((await lastItem()).reaction).toEqual({ mid: echo.mid, action: "react", reaction: "love", emoji: "❤️" });
  await client.play("/react", { mid: echo.mid, emoji: null });
  expect((await lastItem()).reaction).toEqual({ mid: echo.mid, action: "unreact" });
  expect((await client.play("/react", { mid: sent.mid, by: "business", emoji: "❤️" })).delivery.sent).toBe(false);

  await client.play("/unsend", { mid: sent.mid });
  expect(await lastItem()).toMatchObject({
    sender: { id: thread.igsid },
    message: { mid: sent.mid, is_deleted: true },
  });
  expect((await client.post("/_play/unsend", { mid: sent.mid })).status).toBe(409);
});

test.each([
  ["like_heart", { attachments: [{ type: "like_heart" }] }],
  ["ephemeral", { attachments: [{ type: "ephemeral" }] }],
  ["voice", { attachments: [{ type: "audio", payload: { url: expect.any(String) } }] }],
  ["video", { attachments: [{ type: "video", payload: { url: expect.any(String) } }] }],
  ["file", { attachments: [{ type: "file", payload: { url: expect.any(String) } }] }],
  [
    "ig_reel",
    {
      attachments: [
        {
          type: "ig_reel",
          payload: { reel_video_id: expect.any(String), title: expect.any(String), url: expect.any(String) },
        },
      ],
    },
  ],
  ["share", { attachments: [{ type: "share", payload: { url: expect.any(String) } }] }],
  [
    "ig_story",
    {
      attachments: [
        { type: "ig_story", payload: { story_media_id: expect.any(String), story_media_url: expect.any(String) } },
      ],
    },
  ],
  ["unsupported", { is_unsupported: true }],
])("a customer can send %s", async (kind, message) => {
  await client.play("/other", { customerId: "ana.lima", igId, kind });
  expect((await lastItem()).message).toEqual({ mid: expect.any(String), ...message });
});

test("a postback, a referral and any raw item are delivered", async () => {
  await client.play("/other", { customerId: "ana.lima", igId, kind: "postback" });
  expect((await lastItem()).postback).toMatchObject({ payload: "HUMAN" });
  await client.play("/other", { customerId: "ana.lima", igId, kind: "referral" });
  expect((await lastItem()).referral).toMatchObject({ type: "OPEN_THREAD" });
  const item = { sender: { id: "5" }, recipient: { id: igId }, timestamp: 1, hologram: { depth: 3 } };
  await client.play("/raw", { igId, item });
  expect(await lastItem()).toEqual(item);
});

test("the stream tells what changed", async () => {
  const abort = new AbortController();
  const stream = await fetch(`${client.running.url}/_play/events`, { signal: abort.signal });
  let text = "";
  const reading = (async () => {
    for await (const chunk of stream.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  await until(() => text.includes("event: hello"));
  const { thread } = await client.play("/send", { customerId: "yuki_tanaka", igId, text: "こんにちは" });
  await until(() => text.includes("event: thread"));
  const data = JSON.parse(/event: thread\ndata: (.*)\n/.exec(text)?.[1] ?? "{}");
  expect(data).toMatchObject({ id: thread.id, messages: [{ text: "こんにちは" }] });
  await client.play("/business/settings", { igId, allowMessages: false });
  await until(() => text.includes("event: business"));
  await client.control("/clock", { advanceMs: 1000 });
  await until(() => text.includes("event: clock"));
  abort.abort();
  await reading;
});

test("a customer can be made; nonsense is refused in words", async () => {
  const made = await client.play("/customers", { name: "Zoë O'Brien", picture: false, private: true });
  expect(made.customer).toMatchObject({
    name: "Zoë O'Brien",
    private: true,
    picture: null,
    username: expect.stringMatching(/^[a-z0-9._]+$/),
  });
  expect((await client.play("/send", { customerId: made.customer.id, igId, text: "new here" })).delivery.sent).toBe(
    true,
  );
  const refused = async (path: string, body: unknown) => (await client.post(`/_play${path}`, body)).body.error.message;
  expect(await refused("/customers", { name: "X", username: "ana.lima" })).toBe("@ana.lima is taken.");
  expect(await refused("/send", { customerId: "ana.lima", igId })).toBe("Write a text or choose a picture.");
  expect(await refused("/send", { customerId: "nobody", igId, text: "x" })).toBe("There is no such customer.");
  expect(await refused("/dance", {})).toBe("There is no action /dance.");
});
