import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MessageRow } from "@/lib/inbox/types";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { followLive } from "./live-reader";
import { until } from "./until";

/** Every kind that the customer's phone and the brand's own phone can make, all the way through the running product. */
let live: LiveDesk;
let ana: Customer;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
});
afterAll(() => live?.close());

type Played = { mid: string | null };

const play = (path: string, body: object = {}) =>
  live.emulator.post<Played>(`/_play${path}`, { customerId: ana.id, igId: live.shop.accountId, ...body });

async function settled(what: string, look: (messages: MessageRow[]) => boolean): Promise<MessageRow[]> {
  let messages: MessageRow[] = [];
  await until(what, async () => {
    messages = await live.messages(ana);
    return look(messages);
  });
  return messages;
}

async function setAside() {
  const { rows } = await live.desk.db.execute<{ reason: string }>(
    sql`select reason from set_aside order by created_at, id`,
  );
  return rows.map((row) => row.reason);
}

/** What the phone sends → what the message is called, and its first attachment. */
const KINDS: Record<string, [kind: string, attachment: string | undefined]> = {
  like_heart: ["like_heart", "like_heart"],
  gif: ["image", "image"],
  sticker: ["image", "image"],
  voice: ["audio", "audio"],
  video: ["video", "video"],
  file: ["file", "file"],
  ig_post: ["share", "post"],
  ig_reel: ["share", "reel"],
  ig_reel_link: ["share", "reel"],
  ig_story: ["share", "story"],
  ephemeral: ["view_once", "view_once"],
  unsupported: ["unsupported", undefined],
};
const CUSTOMERS_ONLY: typeof KINDS = {
  share: ["share", "post"],
  share_and_post: ["share", "post"],
  unsupported_type: ["unsupported", "unsupported"],
  ad: ["text", undefined],
  product: ["text", undefined],
  ice_breaker: ["postback", undefined],
  postback: ["postback", undefined],
  referral: ["referral", undefined],
};

async function playAll(path: string, kinds: typeof KINDS): Promise<MessageRow[]> {
  ana = await live.newCustomer("Hello");
  for (const kind of Object.keys(kinds)) await play(path, { kind });
  const messages = await settled("every kind has arrived", (all) => all.length > Object.keys(kinds).length);
  expect(await setAside()).toEqual([]);
  return messages.slice(1);
}

const summary = (messages: MessageRow[]) =>
  messages.map((message) => [message.kind, message.attachments[0]?.type, message.attachments.length]);
const expected = (kinds: typeof KINDS) =>
  Object.values(kinds).map(([kind, attachment]) => [kind, attachment, attachment === undefined ? 0 : 1]);

test("complaint 9, 18, 19: everything that a customer can send has its place, and nothing is set aside", async () => {
  const kinds = { ...KINDS, ...CUSTOMERS_ONLY };
  const messages = await playAll("/other", kinds);
  expect(summary(messages)).toEqual(expected(kinds));
  const link = messages.find((message) => message.attachments[0]?.permalink)?.attachments[0];
  expect(link).toMatchObject({ type: "reel", url: null, permalink: expect.stringMatching(/instagram\.com\/reel\//) });
  expect(messages.find((message) => message.referral?.adTitle)?.referral).toMatchObject({
    source: "ADS",
    adTitle: expect.any(String),
    pictureUrl: expect.stringMatching(/^http/),
  });
  expect(messages.filter((message) => message.kind === "postback").every((message) => message.payload)).toBe(true);
});

test("complaint 48: everything that is sent from the brand's own phone is there too, marked so", async () => {
  const messages = await playAll("/business/other", KINDS);
  expect(summary(messages)).toEqual(expected(KINDS));
  expect(new Set(messages.map((message) => `${message.direction} ${message.origin}`))).toEqual(
    new Set(["out instagram"]),
  );
});

test("complaint 51, 53: reaction, edit and unsend change a message that is there", async () => {
  ana = await live.newCustomer("Hello");
  const { mid } = await play("/send", { text: "first" });
  await play("/react", { mid, emoji: "😮" });
  await play("/edit", { mid, text: "second" });
  const [, edited] = await settled("it is edited", (all) => all[1]?.text === "second" && all[1].reactions.length > 0);
  expect(edited).toMatchObject({ reactions: [{ by: "customer", emoji: "😮" }], earlier: [{ text: "first" }] });
  await play("/react", { mid, emoji: null });
  await settled("the reaction is taken back", (all) => all[1]?.reactions.length === 0);
  await play("/unsend", { mid });
  const [, unsent] = await settled("it is unsent", (all) => all[1]?.unsent === true);
  expect(unsent).toMatchObject({ text: null, earlier: [], reactions: [] });
});

test("complaint 21: a browser that cannot load a picture makes the desk ask Instagram for its address", async () => {
  ana = await live.newCustomer("Hello");
  await play("/other", { kind: "gif" });
  const [text, picture] = await settled("the picture is there", (all) => all.length === 2);
  const known = picture?.attachments[0]?.url;
  await live.desk.db.execute(sql`
    update message set attachments = jsonb_set(attachments, '{0,url}', '"https://lookaside.fbsbx.com/ended"') where id = ${picture?.id}`);
  expect((await live.api("POST", `/messages/${picture?.id}/media-gone`, {})).status).toBe(204);
  await settled("it has an address that loads", (all) => all[1]?.attachments[0]?.url === known);
  expect((await live.api("POST", `/messages/${text?.id}/media-gone`, {})).status).toBe(404);
});

test("complaint 14, 15: a story that its author took away is gone for everybody, told live, and no server ever asks for it", async () => {
  ana = await live.newCustomer("Hello");
  const { story } = await live.emulator.post<{ story: { id: string } }>("/_play/story-mention", {
    customerId: ana.id,
    igId: live.shop.accountId,
  });
  const [, mention] = await settled("the mention is there", (all) => all[1]?.story?.url !== undefined);
  await live.emulator.post("/_play/story/end", { storyId: story.id });
  const reader = followLive(live.url, live.shop.cookie, 0);
  const shown = () => reader.messages.get(mention?.id ?? "")?.story?.url;
  await until("an open browser shows it", () => shown());
  expect((await live.api("POST", `/messages/${mention?.id}/story-gone`, {})).status).toBe(204);
  await until("the open browser is told", () => shown() === null);
  reader.close();
  expect((await live.messages(ana))[1]?.story).toMatchObject({ relation: "mention", url: null });
  type Fetches = { counts: { story?: { server: number } } };
  expect((await live.emulator.get<Fetches>("/_control/cdn")).counts.story?.server ?? 0).toBe(0);
});

test("complaint 3: what is no message is kept: a quiet line in the thread, or set aside with its reason", async () => {
  ana = await live.newCustomer("Hello");
  for (const kind of ["pass_thread_control", "optin", "unknown"]) await play("/sample", { kind });
  for (const kind of ["comment", "live_comment", "mention"]) await play("/sample", { kind });
  await until("everything is kept", async () => (await setAside()).length === 6);
  expect((await live.messages(ana)).slice(1).map((message) => [message.kind, message.attachments[0]?.type])).toEqual([
    ["event", "pass_thread_control"],
    ["event", "optin"],
    ["event", "hologram"],
  ]);
  expect((await setAside()).sort()).toEqual([
    "Not shown yet.",
    "Not shown yet.",
    "Not shown yet.",
    "Not shown yet: comments.",
    "Not shown yet: live_comments.",
    "Not shown yet: mentions.",
  ]);
});
