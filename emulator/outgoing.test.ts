import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { builtIn } from "./media/built-in";
import { type Json, proofOf, TestClient, until } from "./test-client";

const MB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

let client: TestClient;
let page: { token: string; pageId: string; igId: string };
let igsid: string;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(async () => {
  await client.control("/reset", {});
  page = await client.connect();
  igsid = (await client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "Hi" })).thread.igsid;
  await client.control("/idle");
  client.receiver.received.length = 0;
});
afterAll(() => client.close());

const send = (message: Json, more: Json = {}) =>
  client.graph("/me/messages", page.token, { recipient: { id: igsid }, message, ...more });
const action = (sender_action: string, more: Json = {}) =>
  client.graph("/me/messages", page.token, { recipient: { id: igsid }, sender_action, ...more });
const attached = (type: string, payload: Json) => send({ attachment: { type, payload } });
const refusal = async (answer: Promise<{ body: Json }>) => (await answer).body.error;

async function echo(answer: { body: Json }): Promise<Json> {
  const item = await until(() =>
    client.receiver.items().find((one: Json) => one.message?.mid === answer.body.message_id),
  );
  return (item as Json).message;
}

/** Uploads bytes as an app does: multipart with the file as `filedata`. */
async function upload(type: string, bytes: Buffer, fields: Record<string, string> = { platform: "instagram" }) {
  const form = new FormData();
  form.set("message", JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }));
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("filedata", new Blob([new Uint8Array(bytes)], { type: "application/octet-stream" }), `a-${type}`);
  const query = new URLSearchParams({ access_token: page.token, appsecret_proof: proofOf(page.token) });
  const answer = await fetch(`${client.running.url}/graph/v26.0/me/message_attachments?${query}`, {
    method: "POST",
    body: form,
  });
  return (await answer.json()) as Json;
}

test.each([
  ["image", "gif", "image_data"],
  ["audio", "tone", "file_url"],
  ["video", "clip", "video_data"],
  ["file", "pdf", "file_url"],
])("an uploaded %s is sent by its id, echoed, read back", async (type, name, member) => {
  const { attachment_id } = await upload(type, builtIn(name));
  expect(attachment_id).toMatch(/^\d+$/);
  const answer = await attached(type, { attachment_id });
  expect(await echo(answer)).toEqual({
    mid: answer.body.message_id,
    is_echo: true,
    attachments: [{ type, payload: { url: expect.stringContaining("/cdn/") } }],
  });
  const back = await client.graph(`/${answer.body.message_id}?fields=message,attachments`, page.token);
  expect(back.body.message).toBe("");
  expect(back.body.attachments.data[0]).toMatchObject({ id: attachment_id, name: `a-${type}` });
  expect(back.body.attachments.data[0][member]).toBeDefined();
  expect((await client.control("/ledger")).entries.at(-1)).toMatchObject({ kind: type, mid: answer.body.message_id });
});

test("what a file is decides: wrong bytes, too large, unknown ids, another type or account, older than 90 days", async () => {
  const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>");
  expect((await upload("image", svg)).error).toMatchObject({ code: 100, error_subcode: 2018047 });
  expect((await upload("video", builtIn("pdf"))).error.error_subcode).toBe(2018047);
  expect((await upload("audio", Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), svg]))).error.error_subcode).toBe(
    2018047,
  );
  const large = Buffer.concat([builtIn("gif"), Buffer.alloc(8 * MB)]);
  expect((await upload("image", large)).error).toMatchObject({ code: 100, error_subcode: 2018109 });
  const clip = (bytes: number) => Buffer.concat([builtIn("clip"), Buffer.alloc(bytes - builtIn("clip").length)]);
  expect((await upload("video", clip(25 * MB + 1))).error.error_subcode).toBe(2018109);
  const { attachment_id } = await upload("video", clip(25 * MB));
  expect(await refusal(attached("image", { attachment_id }))).toMatchObject({ error_subcode: 2018047 });
  expect(await refusal(attached("image", { attachment_id: "123" }))).toMatchObject({ error_subcode: 2018074 });
  const forMessenger = (await upload("video", builtIn("clip"), {})).attachment_id;
  expect(await refusal(attached("video", { attachment_id: forMessenger }))).toMatchObject({ error_subcode: 2018074 });
  await client.control("/clock", { advanceMs: 91 * DAY_MS });
  await client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "still here" });
  expect(await refusal(attached("video", { attachment_id }))).toMatchObject({ error_subcode: 2018074 });
});

test("up to ten images leave in one message, by id and by address", async () => {
  const { attachment_id } = await upload("image", builtIn("gif"));
  const { url } = (await client.get("/_play/state")).samples[0];
  await client.control("/switches", { serverMayFetch: ["image"] });
  const images = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ type: "image", payload: n % 5 === 4 ? { url } : { attachment_id } }));
  const answer = await send({ attachments: images(10) });
  expect((await echo(answer)).attachments).toHaveLength(10);
  expect(await refusal(send({ attachments: images(11) }))).toMatchObject({ code: 100 });
  expect(await refusal(send({ attachments: [{ type: "video", payload: { attachment_id } }] }))).toMatchObject({
    code: 100,
  });
});

test("quick replies: one to thirteen, with title and payload, on a text", async () => {
  const one = (title = "Yes") => ({ content_type: "text", title, payload: "P" });
  const asked = (quick_replies: Json) => send({ text: "Well?", quick_replies });
  expect((await asked(Array.from({ length: 13 }, () => one()))).status).toBe(200);
  expect(await refusal(asked(Array.from({ length: 14 }, () => one())))).toMatchObject({ code: 100 });
  expect(await refusal(asked([]))).toMatchObject({ code: 100 });
  expect(await refusal(asked([{ content_type: "user_email" }]))).toMatchObject({
    message: expect.stringContaining("no longer"),
  });
  expect(await refusal(asked([{ content_type: "text", title: "Yes" }]))).toMatchObject({ code: 100 });
  const heart = send({ attachment: { type: "like_heart" }, quick_replies: [one()] });
  expect(await refusal(heart)).toMatchObject({ code: 100 });
});

test("templates within their limits come back as cards", async () => {
  const template = (payload: Json) => attached("template", payload);
  const cards = (elements: Json[]) => template({ template_type: "generic", elements });
  const button = { type: "web_url", title: "Open", url: "https://example.com/" };
  const answer = await cards([
    {
      title: "Vase",
      subtitle: "38 €",
      image_url: "https://example.com/v.png",
      default_action: { type: "web_url", url: "https://example.com/v" },
      buttons: [button],
    },
    { title: "Bowl" },
  ]);
  expect((await echo(answer)).attachments[0]).toMatchObject({
    type: "template",
    payload: { generic: { elements: [{ title: "Vase", buttons: [button] }, { title: "Bowl" }] } },
  });
  const back = await client.graph(`/${answer.body.message_id}?fields=attachments`, page.token);
  expect(back.body.attachments.data).toEqual([
    {
      generic_template: {
        title: "Vase",
        subtitle: "38 €",
        media_url: "https://example.com/v.png",
        cta: { title: "Open", type: "web_url", url: "https://example.com/" },
      },
    },
    { generic_template: { title: "Bowl" } },
  ]);
  const buttons = await template({ template_type: "button", text: "How can we help?", buttons: [button] });
  expect(buttons.status).toBe(200);

  const bad: Json[] = [
    cards([]),
    cards(Array.from({ length: 11 }, () => ({ title: "x" }))),
    cards([{ title: "x".repeat(81) }]),
    cards([{ title: "x", subtitle: "y".repeat(81) }]),
    cards([{ title: "x", buttons: [button, button, button, button] }]),
    cards([{ title: "x", buttons: [{ ...button, title: "t".repeat(21) }] }]),
    cards([{ title: "x", buttons: [{ type: "phone_number", title: "Call" }] }]),
    cards([{ title: "x", image_url: "vase.png" }]),
    template({ template_type: "button", text: "t".repeat(641), buttons: [button] }),
    template({ template_type: "button", text: "t", buttons: [] }),
    template({ template_type: "receipt" }),
  ];
  for (const one of bad) expect(await refusal(one)).toMatchObject({ code: 100 });
});

test("own posts are listed and can be shared, others cannot", async () => {
  const list = await client.graph(
    `/${page.igId}/media?fields=id,caption,media_type,media_url,permalink,timestamp&limit=3`,
    page.token,
  );
  expect(list.body.data).toHaveLength(3);
  expect(list.body.data[0]).toMatchObject({
    media_type: "IMAGE",
    media_url: expect.stringContaining("/cdn/"),
    permalink: expect.stringContaining("/p/"),
  });
  const [post] = list.body.data;
  expect((await client.graph(`/${post.id}?fields=caption`, page.token)).body).toEqual({
    caption: post.caption,
    id: post.id,
  });
  const answer = await attached("MEDIA_SHARE", { id: post.id });
  expect((await echo(answer)).attachments).toEqual([
    { type: "ig_post", payload: { ig_post_media_id: post.id, title: post.caption, url: post.media_url } },
  ]);
  const back = await client.graph(`/${answer.body.message_id}?fields=shares`, page.token);
  expect(back.body.shares.data[0]).toEqual({ link: post.media_url, name: post.caption });
  const all = (await client.graph(`/${page.igId}/media?fields=id,media_type,thumbnail_url,permalink`, page.token)).body;
  const reel = all.data.find((one: Json) => one.media_type === "VIDEO");
  expect(reel).toMatchObject({
    thumbnail_url: expect.stringContaining("/cdn/"),
    permalink: expect.stringContaining("/reel/"),
  });
  expect((await echo(await attached("MEDIA_SHARE", { id: reel.id }))).attachments).toMatchObject([
    { type: "ig_reel", payload: { reel_video_id: reel.id } },
  ]);
  expect(await refusal(attached("MEDIA_SHARE", { id: "18099999999999999" }))).toMatchObject({ code: 100 });
  const knits = await client.connect("Fjord Knits", "Ingrid Berg");
  const theirs = (await client.graph(`/${knits.igId}/media`, knits.token)).body.data[0];
  expect(await refusal(attached("MEDIA_SHARE", { id: theirs.id }))).toMatchObject({ code: 100 });
  expect((await client.graph(`/${theirs.id}`, page.token)).body.error).toMatchObject({ error_subcode: 33 });
});

test("reply_to stands beside the message; actions stand alone, within the window, and answer without a message id", async () => {
  const { mid } = (await client.get("/_play/state")).threads[0].messages[0];
  const inside = send({ text: "x", reply_to: { mid } });
  expect((await refusal(inside)).message).toBe('(#100) Invalid keys "reply_to" were found in param "message".');
  expect((await send({ attachment: { type: "like_heart" } }, { reply_to: { mid } })).status).toBe(200);

  expect((await action("mark_seen")).body).toEqual({ recipient_id: igsid });
  expect((await action("typing_off")).body).toEqual({ recipient_id: igsid });
  expect(await refusal(action("typing_on", { messaging_type: "RESPONSE" }))).toMatchObject({ code: 100 });
  const reaction = (payload: Json, name = "react") => action(name, { payload });
  expect(await refusal(reaction({ message_id: mid, reaction: "wow" }))).toMatchObject({ code: 100 });
  expect((await reaction({ message_id: mid, reaction: "love" })).body).toEqual({ recipient_id: igsid });
  const shown = async () => (await client.get("/_play/state")).threads[0].messages[0].reactions;
  expect(await shown()).toEqual([{ by: "business", emoji: "❤️" }]);
  expect((await reaction({ message_id: mid }, "unreact")).status).toBe(200);
  expect(await shown()).toEqual([]);
  await client.control("/clock", { advanceMs: DAY_MS + 1000 });
  expect(await refusal(action("typing_on"))).toMatchObject({ code: 10, error_subcode: 2534022 });
});
