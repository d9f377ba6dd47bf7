import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Json, TestClient, until } from "./test-client";

const HOUR_MS = 60 * 60 * 1000;

let client: TestClient;
let page: { token: string; pageId: string; igId: string };
let igsid: string;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(async () => {
  await client.control("/reset", {});
  client.receiver.received.length = 0;
  page = await client.connect();
  igsid = (await client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "Do you ship?" })).thread.igsid;
});
afterAll(() => client.close());

const send = (body: Json, path = "/me/messages") =>
  client.graph(path, page.token, { recipient: { id: igsid }, ...body });
const text = (value: string, more: Json = {}) =>
  send({ message: { text: value }, messaging_type: "RESPONSE", ...more });
const ledger = async (): Promise<Json[]> => (await client.control("/ledger")).entries;

test("a text arrives: answer, ledger, thread and echo name the same message", async () => {
  const answer = await text("Yes, we do.");
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.body)).toEqual(["recipient_id", "message_id"]);
  expect(answer.body.recipient_id).toBe(igsid);
  expect(await ledger()).toMatchObject([
    {
      n: 1,
      recipient: igsid,
      customerId: "ana.lima",
      kind: "text",
      text: "Yes, we do.",
      tag: null,
      messagingType: "RESPONSE",
      mid: answer.body.message_id,
    },
  ]);
  const echo = await until(() => client.receiver.items().find((item: Json) => item.message?.is_echo));
  expect(echo).toMatchObject({
    sender: { id: page.igId },
    recipient: { id: igsid },
    message: { mid: answer.body.message_id, is_echo: true, text: "Yes, we do." },
  });
  const { threads } = await client.get("/_play/state");
  expect(threads[0].messages.at(-1)).toMatchObject({ from: "business", via: "api", text: "Yes, we do." });
  expect((await text("also by the Page's id", {})).status).toBe(200);
  expect(
    (await client.graph(`/${page.pageId}/messages`, page.token, { recipient: { id: igsid }, message: { text: "so" } }))
      .status,
  ).toBe(200);
});

test("form parameters with JSON values work as well as a JSON body", async () => {
  const url = new URL(`${client.running.url}/graph/v26.0/me/messages`);
  const { proofOf } = await import("./test-client");
  const body = new URLSearchParams({
    recipient: JSON.stringify({ id: igsid }),
    message: JSON.stringify({ text: "from a form" }),
    access_token: page.token,
    appsecret_proof: proofOf(page.token),
  });
  expect((await fetch(url, { method: "POST", body })).status).toBe(200);
  expect((await ledger()).at(-1)).toMatchObject({ text: "from a form" });
});

test("the window: free until 24 hours, HUMAN_AGENT until 7 days, then nothing", async () => {
  const outside = {
    code: 10,
    error_subcode: 2534022,
    message: "(#10) This message is sent outside of allowed window.",
  };
  const human = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };
  await client.control("/clock", { advanceMs: 24 * HOUR_MS - 60_000 });
  expect((await text("in time")).status).toBe(200);
  await client.control("/clock", { advanceMs: 120_000 });
  const late = await text("too late");
  expect(late.status).toBe(400);
  expect(late.body.error).toMatchObject(outside);
  expect((await text("a person", human)).status).toBe(200);
  expect((await ledger()).map((entry) => entry.tag)).toEqual([null, "HUMAN_AGENT"]);
  await client.control("/clock", { advanceMs: 6 * 24 * HOUR_MS });
  expect((await text("a week later", human)).body.error).toMatchObject(outside);
  await client.play("/story-mention", { customerId: "ana.lima", igId: page.igId });
  expect((await text("open again")).status).toBe(200);
});

test("an earlier message opens the window only as far as its own time reaches", async () => {
  const marco = await client.play("/send", {
    customerId: "marco.rossi",
    igId: page.igId,
    text: "Hi",
    ago: 25 * HOUR_MS,
  });
  expect(marco.thread.window).toBe("human_agent");
  const answer = await send({ recipient: { id: marco.thread.igsid }, message: { text: "Hello" } });
  expect(answer.body.error.error_subcode).toBe(2534022);
});

test("other tags, a missing tag and an unapproved app are refused", async () => {
  const tagged = async (tag?: string) => (await text("x", { messaging_type: "MESSAGE_TAG", tag })).body.error;
  expect(await tagged("ACCOUNT_UPDATE")).toMatchObject({ code: 100 });
  expect(await tagged()).toMatchObject({ code: 100 });
  const { apps } = await client.control("/apps");
  const app = { id: apps[0].id, secret: "0123456789abcdef0123456789abcdef" };
  await client.control("/apps", { ...app, humanAgent: false });
  expect(await tagged("HUMAN_AGENT")).toMatchObject({ code: 10 });
  await client.control("/apps", { ...app, humanAgent: true });
});

test("texts are counted in bytes", async () => {
  expect((await text("é".repeat(500))).status).toBe(200);
  expect((await text("é".repeat(501))).body.error.code).toBe(100);
  expect((await text("")).body.error.code).toBe(100);
  expect((await send({})).body.error.code).toBe(100);
});

test("recipients of nobody or of another account are refused", async () => {
  const to = async (id: unknown) => (await send({ recipient: { id }, message: { text: "x" } })).body.error;
  expect(await to("123456789")).toMatchObject({ code: 100, error_subcode: 2534014 });
  expect(await to(12345)).toMatchObject({ code: 100 });
  const knits = (await client.control("/pages")).pages.find((one: Json) => one.username === "fjord.knits");
  const foreign = await client.play("/send", { customerId: "ana.lima", igId: knits.igId, text: "Hi" });
  expect(foreign.thread.igsid).not.toBe(igsid);
  expect(await to(foreign.thread.igsid)).toMatchObject({ code: 100, error_subcode: 2534014 });
});

test("the account's id is no sender, and its owner can shut the door", async () => {
  const wrong = await client.graph(`/${page.igId}/messages`, page.token, {
    recipient: { id: igsid },
    message: { text: "x" },
  });
  expect(wrong.body.error).toMatchObject({
    code: 3,
    message: "(#3) Application does not have the capability to make this API call.",
  });
  await client.play("/business/settings", { igId: page.igId, allowMessages: false });
  expect((await text("x")).body.error).toMatchObject({ code: 200, error_subcode: 2534041 });
  await client.play("/business/settings", { igId: page.igId, allowMessages: true });
  await client.control(`/pages/${page.pageId}`, { igId: null });
  expect((await text("x")).body.error).toMatchObject({ code: 100, error_subcode: 2534013 });
  await client.control(`/pages/${page.pageId}`, { igId: page.igId });
  await client.control("/grants", { person: "Nora Keller", revoke: ["instagram_manage_messages"] });
  expect((await text("x")).body.error).toMatchObject({
    code: 200,
    message: expect.stringContaining("instagram_manage_messages"),
  });
});

test("sender actions answer with the recipient only and send no echo", async () => {
  expect((await send({ sender_action: "typing_on" })).body).toEqual({ recipient_id: igsid });
  const state = await client.get("/_play/state");
  expect(state.threads[0].typing).toBe(true);
  const { mid } = state.threads[0].messages[0];
  expect((await send({ sender_action: "react", payload: { message_id: mid, reaction: "love" } })).body).toEqual({
    recipient_id: igsid,
  });
  expect((await client.get("/_play/state")).threads[0].messages[0].reactions).toEqual([{ by: "business", emoji: "❤️" }]);
  expect((await send({ sender_action: "dance" })).body.error.code).toBe(100);
  await client.control("/idle");
  expect(client.receiver.items()).toHaveLength(1);
});

test("a reply names a message of the same thread; media are fetched", async () => {
  const { mid } = (await client.get("/_play/state")).threads[0].messages[0];
  expect((await text("to that", { reply_to: { mid } })).status).toBe(200);
  const echo = await until(() => client.receiver.items().find((item: Json) => item.message?.reply_to));
  expect(echo).toMatchObject({ message: { reply_to: { mid } } });
  expect((await text("x", { reply_to: { mid: "unknown" } })).body.error.code).toBe(100);

  const image = (url: string) => send({ message: { attachment: { type: "image", payload: { url } } } });
  const nowhere = await image("http://127.0.0.1:9/none.png");
  expect(nowhere.body.error).toMatchObject({ code: 100, error_subcode: 2018008 });
  const wrongType = await image(`${client.running.url}/_control/health`);
  expect(wrongType.body.error).toMatchObject({ code: 100, error_subcode: 2018047 });
  await client.control("/switches", { serverMayFetch: ["image"] });
  const { samples } = await client.get("/_play/state");
  expect((await image(samples[0].url)).status).toBe(200);
  const sent = await until(() => client.receiver.items().find((item: Json) => item.message?.attachments));
  expect(sent).toMatchObject({
    message: { is_echo: true, attachments: [{ type: "image", payload: { url: expect.stringContaining("/cdn/") } }] },
  });
});
