import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Json, TestClient } from "./test-client";

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
