import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listConversations } from "@/lib/inbox/list-conversations";
import { markRead } from "@/lib/inbox/mark-read";
import { readChanges } from "@/lib/inbox/read-changes";
import { readThread } from "@/lib/inbox/read-thread";
import {
  addWorkspace,
  type DeskFixture,
  deliver,
  envelope,
  openDesk,
  type WorkspaceFixture,
} from "@/test/desk-fixture";
import { ingestDeliveries } from "./ingest-deliveries";

let desk: DeskFixture;
let shop: WorkspaceFixture;
let account = 17841400100000000n;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());
beforeEach(async () => {
  account += 1n;
  shop = await addWorkspace(desk, { accountId: String(account) });
});

const ANA = "6622334455667788";
const START = Date.UTC(2026, 10, 20, 9, 0, 0);
const CDN = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1&signature=s";
const PERMALINK = "https://www.instagram.com/reel/Cabc123/";

const event = (at: number, parts: object) => ({
  sender: { id: ANA },
  recipient: { id: shop.accountId },
  timestamp: at,
  ...parts,
});
const said = (mid: string, message: object, at = START) => event(at, { message: { mid, ...message } });
const echo = (mid: string, message: object, at = START) => ({
  sender: { id: shop.accountId },
  recipient: { id: ANA },
  timestamp: at,
  message: { mid, is_echo: true, ...message },
});

async function receive(...items: object[]) {
  await deliver(desk, envelope(shop.accountId, ...items));
  while ((await ingestDeliveries(desk.system)) > 0);
}

async function thread() {
  const { conversations } = await listConversations(shop.ctx, {});
  const [conversation] = conversations;
  if (!conversation || conversations.length > 1) throw new Error(`${conversations.length} conversations`);
  return readThread(shop.ctx, { conversationId: conversation.id });
}

async function onlyMessage() {
  const { messages } = await thread();
  expect(messages).toHaveLength(1);
  return messages[0];
}

async function setAside() {
  const { rows } = await desk.db.execute<{ reason: string; raw: string }>(sql`
    select reason, convert_from(raw, 'UTF8') as raw from set_aside where account_id = ${shop.accountId} order by id`);
  return rows;
}

const attached = (type: string, payload?: unknown, rest: object = {}) => ({
  attachments: [{ type, payload, ...rest }],
});
const shape = (type: string, parts: { url?: string; title?: string; permalink?: string } = {}) => ({
  type,
  url: null,
  title: null,
  permalink: null,
  ...parts,
});

/** What a message's attachment is → what it becomes; nothing of it is set aside. */
const KNOWN: [string, object, string, object[]][] = [
  ["a picture, GIF or sticker", attached("image", { url: CDN }), "image", [shape("image", { url: CDN })]],
  [
    "ten pictures",
    { attachments: Array.from({ length: 10 }, () => ({ type: "image", payload: { url: CDN } })) },
    "image",
    Array.from({ length: 10 }, () => shape("image", { url: CDN })),
  ],
  ["a video", attached("video", { url: CDN }), "video", [shape("video", { url: CDN })]],
  ["a voice note", attached("audio", { url: CDN }), "audio", [shape("audio", { url: CDN })]],
  ["a PDF", attached("file", { url: CDN }), "file", [shape("file", { url: CDN })]],
  ["a like-heart without a payload", attached("like_heart"), "like_heart", [shape("like_heart")]],
  ["a like-heart with an empty payload", attached("like_heart", {}), "like_heart", [shape("like_heart")]],
  [
    "a shared post",
    attached("ig_post", { ig_post_media_id: "1", title: "New glaze\n#ceramics", url: CDN }),
    "share",
    [shape("post", { url: CDN, title: "New glaze\n#ceramics" })],
  ],
  ["a shared post without title and id", attached("ig_post", { url: CDN }), "share", [shape("post", { url: CDN })]],
  ["a shared post of before 2026", attached("share", { url: CDN }), "share", [shape("post", { url: CDN })]],
  [
    "a reel at the CDN",
    attached("ig_reel", { reel_video_id: 123, title: "Bowl", url: CDN }),
    "share",
    [shape("reel", { url: CDN, title: "Bowl" })],
  ],
  ["a reel as a link", attached("ig_reel", { url: PERMALINK }), "share", [shape("reel", { permalink: PERMALINK })]],
  [
    "a reel as a relative link",
    attached("reel", { url: "/reel/Cabc123/", reel_video_id: "1" }),
    "share",
    [shape("reel", { permalink: PERMALINK })],
  ],
  [
    "complaint 18: someone's story",
    attached("ig_story", { story_media_id: "1", story_media_url: CDN }),
    "share",
    [shape("story", { url: CDN })],
  ],
  ["a story by its other name", attached("story", { url: CDN }), "share", [shape("story", { url: CDN })]],
  ["a disappearing photo", attached("ephemeral"), "view_once", [shape("view_once")]],
  [
    "a link card",
    attached("fallback", { url: "https://shop.example/a", title: "Bowl" }),
    "share",
    [shape("link", { permalink: "https://shop.example/a", title: "Bowl" })],
  ],
  [
    "a link card whose parts stand on the attachment",
    attached("fallback", undefined, { url: "https://shop.example/a", title: "Bowl" }),
    "share",
    [shape("link", { permalink: "https://shop.example/a", title: "Bowl" })],
  ],
  [
    "a link card that is only an address",
    attached("fallback", "https://shop.example/a"),
    "share",
    [shape("link", { permalink: "https://shop.example/a" })],
  ],
  [
    "what Meta calls unsupported",
    attached("unsupported_type", { url: CDN }),
    "unsupported",
    [shape("unsupported", { url: CDN })],
  ],
  ["what Meta cannot deliver", { is_unsupported: true }, "unsupported", []],
  ["what Meta cannot deliver, as a word", { is_unsupported: "true" }, "unsupported", []],
  ["a picture that Meta gives no address of", attached("image"), "image", [shape("image")]],
];

describe("complaint 9, 18, 19: every attachment has its place", () => {
  test.each(KNOWN)("%s", async (_what, message, kind, attachments) => {
    await receive(said("m1", message));
    expect(await onlyMessage()).toMatchObject({ kind, attachments, text: null, direction: "in" });
    expect(await setAside()).toEqual([]);
    expect((await thread()).conversation).toMatchObject({ unread: 1, preview: { kind }, lastCustomerAt: START });
  });

  test("text and a picture share one message", async () => {
    await receive(said("m1", { text: "This one?", ...attached("image", { url: CDN }) }));
    expect(await onlyMessage()).toMatchObject({ kind: "image", text: "This one?" });
  });

  test("a post that comes as `share` and as `ig_post` is one card", async () => {
    await receive(
      said("m1", {
        attachments: [
          { type: "share", payload: { url: CDN } },
          { type: "ig_post", payload: { ig_post_media_id: "1", url: CDN, title: "New glaze" } },
        ],
      }),
    );
    expect((await onlyMessage())?.attachments).toEqual([shape("post", { url: CDN, title: "New glaze" })]);
  });

  test("complaint 10, 19: an unknown attachment says so, keeps its raw form, and its neighbours are shown", async () => {
    await receive(
      said("m1", { text: "Look", attachments: [{ type: "hologram", payload: { url: CDN } }] }),
      said("m2", { text: "Hello" }, START + 1),
    );
    const { messages } = await thread();
    expect(messages.map((m) => [m.kind, m.text, m.attachments[0]?.type])).toEqual([
      ["text", "Look", "hologram"],
      ["text", "Hello", undefined],
    ]);
    expect(await setAside()).toMatchObject([{ reason: "Not shown yet.", raw: expect.stringContaining("hologram") }]);
  });

  test("no address but http(s) ever reaches a browser", async () => {
    await receive(
      said("m1", attached("video", { url: "javascript:alert(1)" })),
      said("m2", attached("fallback", { url: "data:text/html,x", title: "x" }), START + 1),
      said("m3", attached("ig_reel", { url: "file:///etc/passwd" }), START + 2),
    );
    expect((await thread()).messages.flatMap((m) => m.attachments.flatMap((a) => [a.url, a.permalink]))).toEqual(
      Array(6).fill(null),
    );
  });
});

test("echoes of templates show their cards and buttons", async () => {
  const card = {
    title: "Bowl",
    subtitle: "Blue",
    image_url: "https://shop.example/bowl.jpg",
    default_action: { type: "web_url", url: "https://shop.example/bowl" },
    buttons: [
      { type: "web_url", title: "Buy", url: "https://shop.example/buy" },
      { type: "postback", title: "Ask", payload: "ASK" },
    ],
  };
  await receive(
    echo("e1", attached("template", { generic: { elements: [card] } })),
    echo("e2", attached("template", { product: { elements: [{ id: "1", title: "Cup", image_url: CDN }] } }), START + 1),
    echo(
      "e3",
      attached("template", { button: { text: "Which?", buttons: [{ type: "postback", title: "Red", payload: "R" }] } }),
      START + 2,
    ),
    echo("e4", attached("template", { novelty: true }), START + 3),
  );
  const { messages } = await thread();
  expect(messages.map((m) => [m.kind, m.origin, m.text])).toEqual([
    ["template", "instagram", null],
    ["template", "instagram", null],
    ["template", "instagram", "Which?"],
    ["template", "instagram", null],
  ]);
  expect(messages[0]?.cards).toEqual([
    {
      title: "Bowl",
      subtitle: "Blue",
      imageUrl: "https://shop.example/bowl.jpg",
      url: "https://shop.example/bowl",
      buttons: [
        { title: "Buy", url: "https://shop.example/buy" },
        { title: "Ask", payload: "ASK" },
      ],
    },
  ]);
  expect(messages[1]?.cards).toEqual([{ title: "Cup", imageUrl: CDN }]);
  expect(messages[2]?.buttons).toEqual([{ title: "Red", payload: "R" }]);
  expect(await setAside()).toMatchObject([{ raw: expect.stringContaining("novelty") }]);
});

test("complaint 3: taps on buttons and quick replies are messages with what they carried, and open the window", async () => {
  await receive(
    event(START, { postback: { mid: "p1", title: "Talk to a person", payload: "HUMAN" } }),
    event(START + 1, { postback: { title: "Opening hours", payload: "HOURS" } }),
    said("m1", { text: "Red", quick_reply: { payload: "COLOR_RED" } }, START + 2),
    said("m2", { quick_reply: { payload: "COLOR_BLUE" } }, START + 3),
  );
  const { messages, conversation } = await thread();
  expect(messages.map((m) => [m.kind, m.text, m.payload])).toEqual([
    ["postback", "Talk to a person", "HUMAN"],
    ["postback", "Opening hours", "HOURS"],
    ["text", "Red", "COLOR_RED"],
    ["postback", null, "COLOR_BLUE"],
  ]);
  expect(conversation).toMatchObject({ unread: 4, lastCustomerAt: START + 3, unansweredSince: START });
});

test("a tap that another app answers comes without its payload and is shown all the same", async () => {
  await deliver(desk, {
    object: "instagram",
    entry: [{ id: shop.accountId, standby: [event(START, { postback: { mid: "p1", title: "Hours" } })] }],
  });
  await receive();
  expect(await onlyMessage()).toMatchObject({ kind: "postback", text: "Hours", payload: null, standby: true });
  await receive(said("m9", { text: "And now?" }, START + 9));
  expect((await thread()).messages.at(-1)).not.toHaveProperty("standby");
});

test("complaint 3: what led the customer here stands with the message, or alone without opening the window", async () => {
  const ad = {
    ref: "summer",
    ad_id: "1",
    source: "ADS",
    type: "OPEN_THREAD",
    ads_context_data: { ad_title: "Blue bowls", photo_url: CDN, video_url: `${CDN}&v`, product_id: "77" },
  };
  await receive(event(START, { referral: { ref: "spring", source: "SHORTLINKS", type: "OPEN_THREAD" } }));
  expect((await thread()).conversation).toMatchObject({ unread: 0, lastCustomerAt: null, unansweredSince: null });
  await receive(
    said("m1", { text: "Hello", referral: ad }, START + 1),
    said("m2", { text: "This", referral: { product: { id: "4711" } } }, START + 2),
    event(START + 3, {
      postback: { mid: "p1", title: "Start", payload: "GO", referral: { ref: "menu", source: "SHORTLINK" } },
    }),
    event(START + 4, { message: { mid: "m3", text: "Hi" }, referral: { ref: "beside" } }),
  );
  const { messages } = await thread();
  expect(messages.map((m) => [m.kind, m.referral])).toEqual([
    ["referral", { source: "SHORTLINKS", ref: "spring" }],
    [
      "text",
      {
        source: "ADS",
        adId: "1",
        ref: "summer",
        adTitle: "Blue bowls",
        pictureUrl: CDN,
        videoUrl: `${CDN}&v`,
        productId: "77",
      },
    ],
    ["text", { productId: "4711" }],
    ["postback", { source: "SHORTLINK", ref: "menu" }],
    ["text", { ref: "beside" }],
  ]);
});

test("an answer quotes the message that it answers, also when that comes later; an unsent one is not quoted", async () => {
  await receive(said("m2", { text: "yes", reply_to: { mid: "m1" } }, START + 1));
  expect((await onlyMessage())?.quote).toEqual({ messageId: null, kind: null, text: null, direction: null });
  const { sequence } = await thread();
  await receive(said("m1", { text: "Do you ship?" }));
  const quoted = (await thread()).messages;
  // Open tabs are told of both.
  const told = await readChanges(desk.db, shop.workspaceId, sequence);
  expect(told.messages.find(({ text }) => text === "yes")?.quote).toMatchObject({ text: "Do you ship?" });
  expect(quoted[1]?.quote).toEqual({ messageId: quoted[0]?.id, kind: "text", text: "Do you ship?", direction: "in" });
  await receive(said("m1", { is_deleted: true }, START + 2));
  expect((await thread()).messages[1]?.quote).toMatchObject({ kind: "unsent", text: null });
});

describe("complaint 53: reactions", () => {
  const react = (mid: string, emoji: string | null, at: number) =>
    event(at, {
      reaction: emoji ? { mid, action: "react", reaction: "other", emoji } : { mid, action: "unreact" },
    });

  test("a reaction as the only answer is on the bubble, moves the conversation up and is unread, without opening the window", async () => {
    await receive(said("m1", { text: "Ready?" }), echo("e1", { text: "It is ready" }, START + 1000));
    const before = (await thread()).conversation;
    await markRead(shop.ctx, { conversationId: before.id, through: 2 });
    await receive(react("e1", "❤", START + 2000));
    const { messages, conversation } = await thread();
    expect(messages[1]?.reactions).toEqual([{ by: "customer", emoji: "❤️" }]);
    expect(conversation).toMatchObject({
      unread: 1,
      lastMessageAt: START + 2000,
      lastCustomerAt: START,
      unansweredSince: null,
      preview: { kind: "reaction", text: "❤️", direction: "in" },
    });
    await markRead(shop.ctx, { conversationId: conversation.id, through: messages[1]?.arrival ?? 0 });
    expect((await thread()).conversation.unread).toBe(0);
  });

  test("who reads the newest message has read a reaction to an old one", async () => {
    await receive(said("m1", { text: "one" }), said("m2", { text: "two" }, START + 1), react("m1", "😂", START + 2));
    const { conversation, messages } = await thread();
    expect(conversation.unread).toBe(3);
    await markRead(shop.ctx, { conversationId: conversation.id, through: messages[1]?.arrival ?? 0 });
    expect((await thread()).conversation.unread).toBe(0);
  });

  test("the latest by Meta's time stands: replaced, taken back, repeated and out of order", async () => {
    await receive(said("m1", { text: "Hello" }));
    await receive(react("m1", "😮", START + 20));
    await receive(react("m1", "😂", START + 10));
    await receive(react("m1", "😮", START + 20));
    expect((await thread()).messages[0]?.reactions).toEqual([{ by: "customer", emoji: "😮" }]);
    expect((await thread()).conversation.unread).toBe(2);
    await receive(react("m1", null, START + 30));
    await receive(react("m1", "😢", START + 25));
    const { messages, conversation } = await thread();
    expect(messages[0]?.reactions).toEqual([]);
    expect(conversation).toMatchObject({ unread: 1, lastMessageAt: START, preview: { kind: "text", text: "Hello" } });
  });

  test("before its message, and to a message that the desk never had", async () => {
    await receive(react("m1", "👍", START + 10));
    expect((await thread()).conversation).toMatchObject({
      unread: 1,
      preview: { kind: "reaction", text: "👍" },
      strayReactions: [{ emoji: "👍", at: START + 10 }],
    });
    await receive(said("m1", { text: "Hello" }));
    expect((await thread()).conversation.strayReactions).toEqual([]);
    await receive(react("m0", "😂", START + 20));
    await receive(react("m0", "😮", START + 30));
    expect((await thread()).conversation.strayReactions).toEqual([{ emoji: "😮", at: START + 30 }]);
    await receive(react("m0", null, START + 40));
    expect((await thread()).conversation.strayReactions).toEqual([]);
    const { messages, conversation } = await thread();
    expect(messages[0]?.reactions).toEqual([{ by: "customer", emoji: "👍" }]);
    expect(conversation).toMatchObject({ unread: 2, preview: { kind: "reaction" } });
  });

  test("a name without an emoji, and neither of them", async () => {
    await receive(
      said("m1", { text: "one" }),
      said("m2", { text: "two" }, START + 1),
      event(START + 2, { reaction: { mid: "m1", action: "react", reaction: "love" } }),
      event(START + 3, { reaction: { mid: "m2", action: "react" } }),
    );
    expect((await thread()).messages.map((m) => m.reactions[0]?.emoji)).toEqual(["❤️", "❔"]);
  });
});

describe("edits", () => {
  const edit = (mid: string, text: string | undefined, number: unknown, at: number) =>
    event(at, { message_edit: { mid, text, num_edit: number } });

  test("the last edit by its number is what it says, with all that it said before", async () => {
    await receive(said("m1", { text: "first" }), said("m2", { text: "other" }, START - 1));
    await receive(edit("m1", "third", "2", START + 20), edit("m1", "second", 1, START + 10));
    await receive(edit("m1", "second", 1, START + 10));
    const { messages, conversation } = await thread();
    expect(messages[1]).toMatchObject({
      text: "third",
      editedAt: START + 20,
      earlier: [
        { text: "first", at: START },
        { text: "second", at: START + 10 },
      ],
    });
    expect(messages[0]).toMatchObject({ text: "other", editedAt: null, earlier: [] });
    expect(conversation).toMatchObject({ unread: 2, preview: { text: "third" } });
  });

  test("before its message", async () => {
    await receive(edit("m1", "second", "1", START + 10));
    await receive(said("m1", { text: "first" }));
    expect(await onlyMessage()).toMatchObject({ text: "second", earlier: [{ text: "first", at: START }] });
  });

  test("number 0 without a text never blanks what is known", async () => {
    await receive(said("m1", { text: "first" }));
    await receive(edit("m1", undefined, 0, START + 10));
    expect(await onlyMessage()).toMatchObject({ kind: "text", text: "first", editedAt: null });
    expect(await setAside()).toEqual([]);
  });

  test("complaint 7: number 0 instead of a message shows that somebody wrote, and the message itself still fills it", async () => {
    await receive(edit("m1", undefined, 0, START));
    expect(await onlyMessage()).toMatchObject({ kind: "unsupported", text: null, attachments: [] });
    expect((await thread()).conversation).toMatchObject({ unread: 1, lastCustomerAt: START });
    expect((await setAside()).map((row) => row.reason)).toEqual([expect.stringContaining("Advanced Access")]);
    await receive(said("m1", { text: "Hello" }));
    expect(await onlyMessage()).toMatchObject({ kind: "text", text: "Hello", attachments: [] });
    expect((await thread()).conversation).toMatchObject({ unread: 1, preview: { text: "Hello" } });
  });
});

describe("complaint 51: unsent means gone", () => {
  async function traces(word: string) {
    const { rows: tables } = await desk.db.execute<{ name: string }>(sql`
      select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`);
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await desk.db.execute(sql`
        select 1 from ${sql.identifier(name)} t where t::text like ${`%${word}%`}
          or t::text like ${`%${Buffer.from(word).toString("hex")}%`} limit 1`);
      if (rows.length > 0) found.push(name);
    }
    return found;
  }
  const edits = (mid: string) => event(START + 5, { message_edit: { mid, text: "canary edited", num_edit: "1" } });
  const reaction = (mid: string) => event(START + 6, { reaction: { mid, action: "react", emoji: "🦜" } });
  const unsend = (mid: string) => said(mid, { is_deleted: true }, START + 9);
  const full = (mid: string) =>
    said(mid, {
      text: "canary text",
      attachments: [
        { type: "hologram", payload: { url: "https://cdn.example/canary" } },
        { type: "image", payload: { url: "https://cdn.example/canary2" } },
      ],
      referral: { ref: "canary-ref" },
      quick_reply: { payload: "canary-payload" },
    });

  test.each([
    ["in the order in which it happened", () => [[full("m1")], [edits("m1"), reaction("m1")], [unsend("m1")]]],
    ["the unsend first", () => [[unsend("m1")], [reaction("m1")], [edits("m1")], [full("m1")]]],
    ["all at once, backwards", () => [[unsend("m1"), reaction("m1"), edits("m1"), full("m1")]]],
    [
      "repeated after the unsend",
      () => [[full("m1")], [edits("m1")], [unsend("m1")], [full("m1"), edits("m1"), reaction("m1")]],
    ],
  ])("nowhere in the database, %s", async (_what, deliveries) => {
    for (const items of deliveries()) await receive(...items);
    expect(await onlyMessage()).toMatchObject({
      unsent: true,
      text: null,
      attachments: [],
      earlier: [],
      reactions: [],
      payload: null,
      referral: null,
    });
    expect((await thread()).conversation).toMatchObject({
      unread: 0,
      unansweredSince: null,
      preview: { kind: "unsent", text: null },
    });
    expect(await traces("canary")).toEqual([]);
    expect(await traces("🦜")).toEqual([]);
  });

  test("the business's own unsend leaves a tombstone", async () => {
    await receive(echo("e1", { text: "canary of ours" }), echo("e1", { is_deleted: true }, START + 1));
    expect(await onlyMessage()).toMatchObject({ direction: "out", unsent: true, text: null });
    expect(await traces("canary")).toEqual([]);
  });
});

describe("complaint 47, 48: the business's own side", () => {
  test("text, pictures, hearts and story replies from the phone are marked so, once each, and answer", async () => {
    const items = [
      said("m1", { text: "Hello?" }),
      echo("e1", { text: "Hi" }, START + 1),
      echo("e2", attached("image", { url: CDN }), START + 2),
      echo("e3", attached("like_heart"), START + 3),
      echo("e4", { text: "Lovely", reply_to: { story: { id: "1", url: CDN } } }, START + 4),
      echo("e5", {}, START + 5),
    ];
    await receive(...items);
    await receive(...items);
    const { messages, conversation } = await thread();
    expect(messages.slice(1).map((m) => [m.kind, m.direction, m.origin])).toEqual([
      ["text", "out", "instagram"],
      ["image", "out", "instagram"],
      ["like_heart", "out", "instagram"],
      ["story_reply", "out", "instagram"],
      ["other", "out", "instagram"],
    ]);
    expect(messages[4]?.story).toEqual({ relation: "reply", url: CDN });
    expect(conversation).toMatchObject({ unread: 1, unansweredSince: null });
  });

  test("an echo whose ids are not swapped still goes to its customer", async () => {
    await receive(said("e1", { text: "Hi", is_echo: true }));
    expect(await onlyMessage()).toMatchObject({ direction: "out", origin: "instagram" });
  });
});

test("complaint 39: a story mention opens the window and keeps its story", async () => {
  await receive(said("m1", attached("story_mention", { url: CDN })));
  expect(await onlyMessage()).toMatchObject({ kind: "story_mention", story: { relation: "mention", url: CDN } });
  expect((await thread()).conversation.lastCustomerAt).toBe(START);
});

test("a test of the dashboard or of the account itself makes no conversation and is named a test", async () => {
  const value = {
    sender: { id: "12334" },
    recipient: { id: "23245" },
    timestamp: "1527459824",
    message: { mid: "random_mid", text: "random_text" },
  };
  const entries = [
    { id: "0", time: 1, changes: [{ field: "messages", value }] },
    { id: "0", time: 1, messaging: [value] },
    { id: "0", time: 1, field: "message_reactions", value },
    {
      id: shop.accountId,
      time: 1,
      messaging: [
        {
          sender: { id: shop.accountId },
          recipient: { id: shop.accountId },
          message: { mid: "s1", text: "self", is_self: true, is_echo: true },
        },
        { sender: { id: "1" }, recipient: { id: "2" }, is_self: true, postback: { title: "t", payload: "p" } },
      ],
    },
  ];
  await deliver(desk, { object: "instagram", entry: entries });
  await receive();
  expect((await listConversations(shop.ctx, {})).conversations).toEqual([]);
  const { rows } = await desk.db.execute<{ reason: string }>(sql`
    delete from set_aside where account_id in ('0', ${shop.accountId}) returning reason`);
  expect(rows.map((row) => row.reason).sort()).toEqual([
    ...Array(3).fill("A test from the dashboard of the Facebook app."),
    ...Array(2).fill("A test that the account sent to itself."),
  ]);
});

test("complaint 3: hand-overs are a quiet line, comments are kept, and neither is lost", async () => {
  await receive(
    said("m1", { text: "Hello" }),
    event(START + 1, { pass_thread_control: { previous_owner_app_id: "1", new_owner_app_id: "2" } }),
    event(START + 2, { "policy-enforcement": { action: "warning" } }),
  );
  await deliver(desk, {
    object: "instagram",
    entry: [
      { id: shop.accountId, time: 1, changes: [{ field: "comments", value: { id: "1", text: "link?" } }] },
      { id: shop.accountId, time: 1, field: "mentions", value: { media_id: "1" } },
    ],
  });
  await receive();
  expect((await thread()).messages.map((m) => [m.kind, m.attachments[0]?.type])).toEqual([
    ["text", undefined],
    ["event", "pass_thread_control"],
    ["event", "policy-enforcement"],
  ]);
  expect((await setAside()).map((row) => row.reason).sort()).toEqual([
    "Not shown yet.",
    "Not shown yet.",
    "Not shown yet: comments.",
    "Not shown yet: mentions.",
  ]);
});

test("seen by the customer is told for every own message up to the mark, once, and never guessed", async () => {
  const conversationId = await conversationOf();
  const own = async (mid: string, at: number, state = "sent") => {
    await desk.db.execute(sql`
      insert into message (workspace_id, id, conversation_id, channel_id, external_id, direction, origin, kind, text, sent_at, arrival, state)
      values (${shop.workspaceId}, gen_random_uuid(), ${conversationId}, ${shop.channelId}, ${mid}, 'out', 'desk', 'text', ${mid},
        ${new Date(at).toISOString()}, ${at - START}, ${state})`);
  };
  await own("o1", START + 10);
  await own("o2", START + 20);
  await own("o3", START + 30);
  const told = async () => {
    const { rows } = await desk.db.execute<{ externalId: string; at: Date }>(sql`
      select external_id as "externalId", at from delivery_event where workspace_id = ${shop.workspaceId} and type = 'user' order by 1`);
    return rows.map((row) => [row.externalId, row.at.getTime()]);
  };
  expect(await told()).toEqual([]);
  await receive(event(START + 100, { read: { mid: "o2" } }));
  await receive(event(START + 100, { read: { mid: "o2" } }), event(START + 50, { read: { mid: "o1" } }));
  expect(await told()).toEqual([
    ["o1", START + 100],
    ["o2", START + 100],
  ]);
  await receive(event(START + 200, { read: { mid: "o3" } }));
  expect((await told()).at(-1)).toEqual(["o3", START + 200]);
  await own("o4", START + 40);
  await own("o5", START + 50);
  await receive(event(START + 300, { read: { watermark: START + 45 } }));
  expect((await told()).slice(3)).toEqual([["o4", START + 300]]);

  async function conversationOf() {
    await receive(said("m1", { text: "Hello" }));
    return (await thread()).conversation.id;
  }
});
