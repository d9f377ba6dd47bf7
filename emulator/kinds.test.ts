import { get } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Json, TestClient, until } from "./test-client";

let client: TestClient;
let page: { token: string; pageId: string; igId: string };
let igId: string;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(async () => {
  await client.control("/reset", {});
  page = await client.connect();
  igId = page.igId;
  await client.control("/idle");
  client.receiver.received.length = 0;
});
afterAll(() => client.close());

const ana = (more: Json = {}) => ({ customerId: "ana.lima", igId, ...more });

async function lastItem(): Promise<Json> {
  await client.control("/idle");
  return client.receiver.items().at(-1);
}

async function lastEntry(): Promise<Json> {
  await client.control("/idle");
  return JSON.parse(client.receiver.received.at(-1)?.body ?? "{}").entry[0];
}

/** A send of the app. */
async function reply(message: Json, more: Json = {}): Promise<string> {
  const { thread } = await client.play("/send", ana({ text: "Hi" }));
  const answer = await client.graph("/me/messages", page.token, { recipient: { id: thread.igsid }, message, ...more });
  expect(answer.body).toMatchObject({ message_id: expect.any(String) });
  await until(() => client.receiver.items().find((item: Json) => item.message?.mid === answer.body.message_id));
  return answer.body.message_id;
}

function browse(url: string): Promise<{ status: number; type: string; bytes: Buffer }> {
  const headers = { "sec-fetch-dest": "empty", "sec-fetch-site": "cross-site" };
  return new Promise((resolve, reject) => {
    get(url, { headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("end", () =>
        resolve({
          status: res.statusCode ?? 0,
          type: res.headers["content-type"] ?? "",
          bytes: Buffer.concat(chunks),
        }),
      );
    }).on("error", reject);
  });
}

test.each([
  ["voice", "audio", "audio/wav", "RIFF"],
  ["video", "video", "video/mp4", "ftyp"],
  ["file", "file", "application/pdf", "%PDF-1.4"],
  ["gif", "image", "image/gif", "GIF89a"],
  ["sticker", "image", "image/gif", "GIF89a"],
])("%s from either side is a real medium", async (kind, type, contentType, sign) => {
  for (const path of ["/other", "/business/other"]) {
    await client.play(path, ana({ kind }));
    const { message } = await lastItem();
    expect(message.attachments).toEqual([{ type, payload: { url: expect.any(String) } }]);
    expect(message.is_echo).toBe(path === "/other" ? undefined : true);
    const shown = await browse(message.attachments[0].payload.url);
    expect(shown).toMatchObject({ status: 200, type: contentType });
    expect(shown.bytes.subarray(0, 16).toString("latin1")).toContain(sign);
  }
});

test("shared things come in Meta's shapes: post, legacy share beside it, reel as media or permalink", async () => {
  await client.play("/other", ana({ kind: "share_and_post" }));
  expect((await lastItem()).message.attachments).toEqual([
    { type: "share", payload: { url: expect.stringContaining("/cdn/") } },
    {
      type: "ig_post",
      payload: {
        ig_post_media_id: expect.stringMatching(/^\d+$/),
        title: expect.any(String),
        url: expect.stringContaining("/cdn/"),
      },
    },
  ]);
  await client.play("/other", ana({ kind: "ig_reel_link" }));
  expect((await lastItem()).message.attachments[0].payload.url).toMatch(/^https:\/\/www\.instagram\.com\/reel\//);
  await client.play("/other", ana({ kind: "unsupported_type" }));
  expect((await lastItem()).message.attachments).toEqual([
    { type: "unsupported_type", payload: { url: expect.any(String) } },
  ]);
});

test("an ad tells its title and picture, a product its id, in the message itself", async () => {
  await client.play("/other", ana({ kind: "ad" }));
  const { message } = await lastItem();
  expect(message).toMatchObject({
    text: expect.any(String),
    referral: { source: "ADS", type: "OPEN_THREAD", ad_id: expect.any(String) },
  });
  expect(message.referral.ads_context_data.ad_title).toContain("Spring sale");
  expect((await browse(message.referral.ads_context_data.photo_url)).type).toBe("image/png");
  await client.play("/other", ana({ kind: "product" }));
  expect((await lastItem()).message.referral).toEqual({ product: { id: expect.stringMatching(/^\d+$/) } });
});

test("an ig.me link is told only once the two have talked; an ice breaker has no message id", async () => {
  const first = await client.play("/other", ana({ kind: "referral" }));
  expect(first.delivery).toMatchObject({ sent: false, reason: expect.stringContaining("exists already") });
  await client.play("/other", ana({ kind: "ice_breaker" }));
  expect((await lastItem()).postback).toEqual({ title: expect.any(String), payload: expect.any(String) });
  const { thread } = await client.play("/other", ana({ kind: "referral", ref: "flyer" }));
  expect((await lastItem()).referral).toEqual({ ref: "flyer", source: "SHORTLINKS", type: "OPEN_THREAD" });
  expect(thread.notes.at(-1).text).toContain("ref=flyer");
});

test("only what was offered can be tapped, quick replies until the next message", async () => {
  const mid = await reply({
    text: "Which colour?",
    quick_replies: [
      { content_type: "text", title: "Red", payload: "RED" },
      { content_type: "text", title: "A colour with a long name", payload: "LONG" },
    ],
  });
  const { threads } = await client.get("/_play/state");
  expect(threads[0].messages.at(-1).quickReplies).toEqual(["Red", "A colour with a long"]);
  expect((await client.post("/_play/quick-reply", { mid, index: 2 })).status).toBe(409);
  await client.play("/quick-reply", { mid, index: 0 });
  expect((await lastItem()).message).toMatchObject({ text: "Red", quick_reply: { payload: "RED" } });
  expect((await client.post("/_play/quick-reply", { mid, index: 1 })).body.error.message).toContain("no longer");
});

test("a button of a card is a postback; one with an address tells nobody", async () => {
  const buttons = [
    { type: "postback", title: "Order it", payload: "ORDER_7" },
    { type: "web_url", title: "See it", url: "https://example.com/7" },
  ];
  const elements = [{ title: "Vase" }, { title: "Bowl", subtitle: "Sea green", buttons }];
  const mid = await reply({ attachment: { type: "template", payload: { template_type: "generic", elements } } });
  await client.play("/button", { mid, card: 1, button: 0 });
  expect((await lastItem()).postback).toEqual({ mid: expect.any(String), title: "Order it", payload: "ORDER_7" });
  expect((await client.post("/_play/button", { mid, card: 1, button: 1 })).status).toBe(409);
  expect((await client.post("/_play/button", { mid, card: 0, button: 0 })).status).toBe(409);
});

test("the business's own phone writes echoes of everything, also to a customer's story", async () => {
  const { mid } = await client.play("/send", ana({ text: "Which one?" }));
  await client.play("/business/send", ana({ text: "This one", images: ["vase", "sea"], replyToMid: mid }));
  expect((await lastItem()).message).toMatchObject({
    is_echo: true,
    text: "This one",
    attachments: [{ type: "image" }, { type: "image" }],
    reply_to: { mid },
  });
  await client.play("/business/other", ana({ kind: "like_heart" }));
  expect((await lastItem()).message).toMatchObject({ is_echo: true, attachments: [{ type: "like_heart" }] });

  expect((await client.post("/_play/business/story-reply", ana({ text: "Wow" }))).status).toBe(409);
  const { story } = await client.play("/story", { customerId: "ana.lima", image: "sea" });
  await client.play("/business/story-reply", ana({ text: "Lovely light!" }));
  expect(await lastItem()).toMatchObject({
    sender: { id: igId },
    message: { is_echo: true, text: "Lovely light!", reply_to: { story: { id: story.id, url: story.url } } },
  });
  await client.play("/business/story-mention", ana());
  expect((await lastItem()).message).toMatchObject({ is_echo: true, attachments: [{ type: "story_mention" }] });
});

test("a reaction can come before its message and lack members", async () => {
  await client.control("/deliveries/hold", {});
  const { mid } = await client.play("/business/send", ana({ text: "Ready on Friday" }));
  await client.play("/react", { mid, emoji: "😂" });
  await client.play("/react", { mid, emoji: "🔥", omit: ["reaction"] });
  await client.play("/unsend", { mid });
  await client.control("/deliveries/release", { reverse: true });
  expect(client.receiver.items()).toMatchObject([
    { message: { mid, is_deleted: true } },
    { reaction: { mid, action: "react", emoji: "🔥" } },
    { reaction: { mid, action: "react", reaction: "smile", emoji: "😂" } },
    { message: { mid, is_echo: true } },
  ]);
  expect((client.receiver.items()[1] as Json).reaction.reaction).toBeUndefined();
});

test("a text can be changed five times; without access the event is empty", async () => {
  const { mid } = await client.play("/send", ana({ text: "0" }));
  for (let n = 1; n <= 5; n++) {
    await client.play("/edit", { mid, text: String(n) });
    expect((await lastItem()).message_edit).toEqual({ mid, text: String(n), num_edit: String(n) });
  }
  expect((await client.post("/_play/edit", { mid, text: "6" })).status).toBe(409);
  await client.play("/edit", { mid, empty: true });
  expect((await lastItem()).message_edit).toEqual({ mid, num_edit: 0 });
  const heart = await client.play("/other", ana({ kind: "like_heart" }));
  expect((await client.post("/_play/edit", { mid: heart.mid, text: "x" })).status).toBe(409);
});

test("what is uploaded is what its bytes say", async () => {
  const clip = (await client.play("/other", ana({ kind: "video" }))).thread.messages[0].attachments[0];
  const bytes = (await browse(clip.url)).bytes;
  const upload = await fetch(`${client.running.url}/_play/upload?name=boat.mp4`, {
    method: "POST",
    headers: { "content-type": "image/png" },
    body: new Uint8Array(bytes),
  });
  const { mediaId, kind } = (await upload.json()) as Json;
  expect(kind).toBe("video");
  await client.play("/send", ana({ media: mediaId }));
  expect((await lastItem()).message.attachments).toMatchObject([{ type: "video" }]);
});

test("samples of what is no message stand where Meta puts them", async () => {
  await client.play("/sample", ana({ kind: "comment" }));
  const comment = await lastEntry();
  expect(comment.changes[0]).toMatchObject({ field: "comments", value: { from: { username: "ana.lima" } } });
  expect(comment.time).toBeLessThan(1e11);
  await client.play("/sample", ana({ kind: "standby" }));
  expect((await lastEntry()).standby[0].message.text).toBe("Is anybody there?");
  await client.play("/sample", ana({ kind: "pass_thread_control" }));
  expect((await lastItem()).pass_thread_control).toMatchObject({ new_owner_app_id: "1217981644879628" });
  await client.play("/sample", ana({ kind: "unknown" }));
  expect(await lastItem()).toMatchObject({ hologram: { depth: 3 } });
});

test("the dashboard's test of each field, in either form", async () => {
  expect(await client.control("/deliveries/test-button", { field: "message_reactions" })).toMatchObject({
    status: 200,
  });
  expect(await lastEntry()).toMatchObject({ id: "0", changes: [{ field: "message_reactions" }] });
  await client.control("/deliveries/test-button", { field: "messaging_postbacks", form: "messaging" });
  expect(await lastEntry()).toMatchObject({ id: "0", messaging: [{ is_self: true, postback: {} }] });
  await client.control("/deliveries/test-button", { form: "self" });
  expect((await lastEntry()).messaging[0].message).toMatchObject({ is_echo: true, is_self: true });
});
