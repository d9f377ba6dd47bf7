import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Json, proofOf, TestClient } from "./test-client";

let client: TestClient;
let page: { token: string; pageId: string; igId: string };
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(async () => {
  await client.control("/reset", {});
  page = await client.connect();
});
afterAll(() => client.close());

const say = (customerId: string, text: string, more: Json = {}) =>
  client.play("/send", { customerId, igId: page.igId, text, ...more });
const read = async (path: string) => (await client.graph(path, page.token)).body;

test("conversations are listed newest first, or for one customer", async () => {
  await say("ana.lima", "first");
  const { thread } = await say("marco.rossi", "second");
  const list = await read(`/${page.pageId}/conversations?platform=instagram&fields=id,updated_time,participants`);
  expect(list.data).toHaveLength(2);
  expect(list.data[0].id).toBe(thread.id);
  expect(list.data[0].updated_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
  expect(list.data[0].participants.data).toContainEqual({ id: thread.igsid, username: "marco.rossi" });
  const one = await read(`/me/conversations?platform=instagram&user_id=${thread.igsid}`);
  expect(one.data.map((item: Json) => item.id)).toEqual([thread.id]);
  expect(await read("/me/conversations?platform=instagram&user_id=5")).toEqual({ data: [] });
});

test("messages of a thread come newest first, also nested in the list", async () => {
  await say("ana.lima", "one");
  const { thread } = await say("ana.lima", "two");
  const edge = await read(`/${thread.id}/messages?fields=id,message,from,to,created_time`);
  expect(edge.data.map((message: Json) => message.message)).toEqual(["two", "one"]);
  expect(edge.data[0].from).toEqual({ username: "ana.lima", id: thread.igsid });
  const nested = await read(`/me/conversations?platform=instagram&fields=messages.limit(1){message}`);
  expect(nested.data[0].messages.data).toEqual([{ message: "two", id: edge.data[0].id }]);
  expect(Object.keys((await read(`/${thread.id}?fields=messages`)).messages.data[0])).toEqual(["id", "created_time"]);
});

test("the twenty newest messages have content, older and unsent ones do not", async () => {
  const mids: string[] = [];
  for (let n = 0; n < 22; n++) mids.push((await say("ana.lima", `message ${n}`)).mid);
  expect((await read(`/${mids[2]}?fields=message`)).message).toBe("message 2");
  expect((await read(`/${mids[1]}?fields=message`)).error.message).toContain("deleted");
  const { thread } = await client.play("/unsend", { mid: mids[21] });
  expect((await read(`/${mids[21]}?fields=message`)).error.code).toBe(9000001);
  const listed = (await read(`/${thread.id}/messages?fields=id,message&limit=100`)).data;
  expect(listed).toHaveLength(21);
  expect(listed.filter((message: Json) => "message" in message)).toHaveLength(20);
});

test("a story reply and a mention tell their story; the link ends with it", async () => {
  const reply = await client.play("/story-reply", { customerId: "ana.lima", igId: page.igId, text: "Lovely!" });
  const mention = await client.play("/story-mention", { customerId: "ana.lima", igId: page.igId });
  const story = async (mid: string) => (await read(`/${mid}?fields=story,from,message`)).story;
  const storyId = reply.thread.messages[0].story.id;
  expect(await story(reply.mid)).toEqual({ reply_to: { link: expect.stringContaining("/cdn/"), id: storyId } });
  expect(await story(mention.mid)).toEqual({
    mention: { link: expect.stringContaining("/cdn/"), id: mention.story.id },
  });
  await client.play("/story/end", { storyId: mention.story.id });
  expect(await story(mention.mid)).toEqual({ mention: { link: "", id: mention.story.id } });
});

test("pictures, replies and reactions are read back", async () => {
  const { mid } = await say("ana.lima", "which one?", { images: ["vase", "knit"] });
  const answer = await say("ana.lima", "the blue one", { replyToMid: mid });
  await client.play("/react", { mid, emoji: "❤️" });
  const message = await read(`/${mid}?fields=message,attachments,reactions`);
  expect(message.attachments.data.map((one: Json) => one.mime_type)).toEqual(["image/png", "image/png"]);
  expect(message.attachments.data[0].image_data.url).toContain("/cdn/");
  expect(message.reactions.data[0]).toMatchObject({ reaction: "❤️", users: [{ username: "ana.lima" }] });
  expect((await read(`/${answer.mid}?fields=reply_to`)).reply_to).toEqual({ mid, is_self_reply: true });
});

test("the owner's switch, a poisoned thread and the rate limit", async () => {
  const { thread } = await say("ana.lima", "hi");
  const list = () => read(`/${page.pageId}/conversations?platform=instagram`);
  await client.control("/switches", { poisonedThread: thread.id });
  expect((await list()).error.code).toBe(1);
  await client.control("/switches", { poisonedThread: null, conversationsPerSecond: 2 });
  const three = await Promise.all([list(), list(), list()]);
  expect(three.filter((one: Json) => one.error?.code === 613)).toHaveLength(1);
  await client.control("/switches", { conversationsPerSecond: 0 });
  await client.play("/business/settings", { igId: page.igId, allowMessages: false });
  expect((await list()).error).toMatchObject({ code: 200, error_subcode: 2534041 });
});

test("a profile is there once the customer has written, unless consent is missing", async () => {
  const profile = async (customerId: string) => read(`/${(await say(customerId, "hello")).thread.igsid}`);
  expect(await profile("ana.lima")).toMatchObject({
    name: "Ana Lima",
    username: "ana.lima",
    is_business_follow_user: true,
  });
  expect(await profile("yuki_tanaka")).toMatchObject({ name: "田中 ゆき" });
  expect("profile_pic" in (await profile("jonas_b"))).toBe(false);
  expect((await profile("quiet.reader")).error).toMatchObject({ code: 230, type: "OAuthException" });

  await client.play("/business/send", { igId: page.igId, customerId: "priya.sharma", text: "Hello" });
  const { threads } = await client.get("/_play/state");
  const unanswered = threads.find((thread: Json) => thread.customerId === "priya.sharma");
  expect((await read(`/${unanswered.igsid}`)).error.code).toBe(230);
  expect((await read("/1234567890123456")).error).toMatchObject({ code: 100, error_subcode: 33 });
});

test("what was never delivered stands in the conversation all the same", async () => {
  await client.control("/deliveries/lose", { account: "nora.ceramics", times: 2 });
  const [first, second, third] = [
    await say("ana.lima", "one"),
    await say("ana.lima", "two"),
    await say("ana.lima", "three"),
  ];
  expect([first, second, third].map((one) => one.delivery.sent)).toEqual([false, false, true]);
  expect(first.delivery.reason).toContain("lost");
  await client.control("/idle");
  expect((await client.control("/deliveries")).entries.filter((one: Json) => one.igId === page.igId)).toHaveLength(1);
  const listed = (await read(`/${first.thread.id}/messages?fields=message`)).data;
  expect(listed.map((one: Json) => one.message)).toEqual(["three", "two", "one"]);

  await client.control("/deliveries/lose", { account: page.pageId, forMs: 60_000 });
  expect((await say("marco.rossi", "lost")).delivery.sent).toBe(false);
  expect(await client.control("/deliveries/lose")).toMatchObject({
    lost: 3,
    waiting: [{ igId: page.igId, times: null }],
  });
  await client.control("/clock", { advanceMs: 60_001 });
  expect((await say("marco.rossi", "there")).delivery.sent).toBe(true);
  await client.control("/deliveries/lose", { times: null });
  await fetch(`${client.running.url}/_control/deliveries/lose`, { method: "DELETE" });
  expect((await say("marco.rossi", "again")).delivery.sent).toBe(true);
});

test("long lists are read page by page, also those nested in another", async () => {
  await client.control("/bulk", { igId: page.igId, customers: 60, messages: 60, spreadMs: 60_000, deliver: false });
  for (let n = 0; n < 4; n++) await say("ana.lima", `message ${n}`);
  const ids: string[] = [];
  let next = `${client.running.url}/graph/v26.0/me/conversations?platform=instagram&access_token=${page.token}`;
  for (let at = 0; next; at++) {
    expect(at).toBeLessThan(4);
    const list: Json = await (await fetch(`${next}&appsecret_proof=${proofOf(page.token)}`)).json();
    ids.push(...list.data.map((one: Json) => one.id));
    next = list.paging.next;
  }
  expect(new Set(ids).size).toBe(61);
  const nested = await read("/me/conversations?platform=instagram&limit=1&fields=messages.limit(3){message,from}");
  const rest = nested.data[0].messages.paging.next;
  const more = await (await fetch(`${rest}&appsecret_proof=${proofOf(page.token)}`)).json();
  expect(more.data).toMatchObject([{ message: "message 0", from: { username: "ana.lima" } }]);
});

test("a limited call says how much of the limit is used, and fields Instagram leaves empty are no error", async () => {
  await say("ana.lima", "hi");
  await client.control("/switches", { conversationsPerSecond: 2 });
  const url = `${client.running.url}/graph/v26.0/me/conversations?platform=instagram&fields=name,can_reply,senders,snippet&access_token=${page.token}&appsecret_proof=${proofOf(page.token)}`;
  const answers: Json[] = [];
  for (let n = 0; n < 3; n++) {
    const answer = await fetch(url);
    const usage = JSON.parse(answer.headers.get("x-business-use-case-usage") ?? "{}")[page.pageId][0];
    answers.push({ usage, ...(await answer.json()) });
  }
  expect(answers.map((one) => one.usage.call_count)).toEqual([50, 100, 100]);
  expect(answers[0].usage).toMatchObject({ type: "messenger", estimated_time_to_regain_access: 0 });
  expect(Object.keys(answers[0].data[0])).toEqual(["id"]);
  expect(answers[2].error).toMatchObject({ code: 613, error_subcode: 2534040 });
});
