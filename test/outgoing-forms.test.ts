import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { MessageRow } from "@/lib/inbox/types";
import { mp4, pdf, png, type TestFile, wav } from "./files";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** Every form that Instagram takes, as it stands in Graph's ledger and at the desk. */
let live: LiveDesk;
let ana: Customer;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
});
afterAll(() => live?.close());

beforeEach(async () => {
  await live.graph.pass();
  await live.emulator.clearFaults();
  await live.emulator.post("/_control/switches", { echo: "normal" });
  ana = await live.newCustomer();
});

const bodies = async () => (await live.ledger(ana)).map(({ raw }) => raw.message);
const own = async () => (await live.messages(ana)).filter(({ direction }) => direction === "out");

async function sent(count = 1): Promise<MessageRow[]> {
  return until("everything is sent, once", async () => {
    const rows = await own();
    expect(rows.map(({ state }) => state)).toEqual(Array(count).fill("sent"));
    return rows;
  });
}

async function uploaded(file: TestFile): Promise<string> {
  const { status, json } = await live.upload(ana, file);
  expect(status).toBe(201);
  return json.id;
}

async function deliveryEvents(): Promise<{ type: string; code: string | null; mid: string | null }[]> {
  const { rows } = await live.desk.db.execute<{ type: string; code: string | null; mid: string | null }>(sql`
    select d.type, d.code, d.external_id as mid from delivery_event d join message m on m.workspace_id = d.workspace_id and m.id = d.message_id
    where m.conversation_id = ${ana.conversationId} order by d.at, d.type`);
  return rows;
}

test("a text with quick replies", async () => {
  const quickReplies = [{ title: "Small", payload: "size:s" }, { title: "Large" }];
  await live.send(ana, [{ type: "text", text: "Which size?", quickReplies }]);
  const [row] = await sent();
  expect(await bodies()).toEqual([
    {
      text: "Which size?",
      quick_replies: [
        { content_type: "text", title: "Small", payload: "size:s" },
        { content_type: "text", title: "Large", payload: "Large" },
      ],
    },
  ]);
  expect(row).toMatchObject({ kind: "text", text: "Which size?", quickReplies: [{ payload: "size:s" }, {}] });
});

test("ten pictures are one message, by the ids of their uploads, and get their addresses with the echo", async () => {
  const ids: string[] = [];
  for (let n = 0; n < 10; n += 1) ids.push(await uploaded(png(4, 4, `bowl ${n}.png`)));
  await live.send(ana, [{ type: "media", media: "image", uploadIds: ids }]);
  await sent();
  const [body] = (await bodies()) as { attachments: { type: string; payload: { attachment_id: string } }[] }[];
  expect(body?.attachments.map(({ type }) => type)).toEqual(Array(10).fill("image"));
  expect(new Set(body?.attachments.map(({ payload }) => payload.attachment_id)).size).toBe(10);
  await until("the echo has told the addresses", async () =>
    (await own())[0]?.attachments.every(({ url }) => url !== null),
  );
  expect((await own())[0]?.attachments.map(({ title }) => title)).toEqual(ids.map((_, n) => `bowl ${n}.png`));
});

test.each([
  ["video", mp4()],
  ["audio", wav()],
  ["file", pdf()],
  ["image", png()],
] as const)(
  "complaint 44: one %s leaves as what was uploaded, never as an address that Meta has to fetch",
  async (media, file) => {
    await live.send(ana, [{ type: "media", media, uploadIds: [await uploaded(file)] }]);
    const [row] = await sent();
    expect(await bodies()).toEqual([
      { attachment: { type: media, payload: { attachment_id: expect.stringMatching(/^\d+$/) } } },
    ]);
    expect(row).toMatchObject({ kind: media, text: null, attachments: [{ type: media, title: file.name }] });
    await until("the echo has told its address", async () => (await own())[0]?.attachments[0]?.url);
    expect(await own()).toHaveLength(1);
  },
);

test("a heart, and a post of the brand out of its list", async () => {
  type Posts = { posts: { id: string; permalink: string; pictureUrl: string | null }[] };
  const { status, json } = await live.api<Posts>("GET", `/channels/${live.shop.channelId}/posts`);
  expect(status).toBe(200);
  const [post] = json.posts;
  expect(post?.pictureUrl).toMatch(/^http/);
  await live.send(ana, [{ type: "like_heart" }]);
  await live.send(ana, [{ type: "post", postId: post?.id }]);
  const rows = await sent(2);
  expect(await bodies()).toEqual([
    { attachment: { type: "like_heart" } },
    { attachment: { type: "MEDIA_SHARE", payload: { id: post?.id } } },
  ]);
  expect(rows.map(({ kind }) => kind)).toEqual(["like_heart", "share"]);
});

test("buttons under a text, and cards", async () => {
  const buttons = [
    { title: "Shop", url: "https://shop.example/bowls" },
    { title: "Ask", payload: "ask" },
  ];
  const card = {
    title: "Blue bowl",
    subtitle: "Stoneware",
    imageUrl: "https://shop.example/bowl.png",
    url: "https://shop.example/bowl",
    buttons,
  };
  await live.send(ana, [{ type: "buttons", text: "Anything else?", buttons }]);
  // Meta fetches the pictures of cards; here is no internet.
  await live.send(ana, [{ type: "cards", cards: [{ ...card, imageUrl: undefined }, { title: "Red bowl" }] }]);
  const rows = await sent(2);
  const wire = [
    { type: "web_url", title: "Shop", url: "https://shop.example/bowls" },
    { type: "postback", title: "Ask", payload: "ask" },
  ];
  expect(await bodies()).toEqual([
    {
      attachment: {
        type: "template",
        payload: { template_type: "button", text: "Anything else?", buttons: wire },
      },
    },
    {
      attachment: {
        type: "template",
        payload: {
          template_type: "generic",
          elements: [
            {
              title: "Blue bowl",
              subtitle: "Stoneware",
              default_action: { type: "web_url", url: "https://shop.example/bowl" },
              buttons: wire,
            },
            { title: "Red bowl" },
          ],
        },
      },
    },
  ]);
  expect(rows[0]).toMatchObject({ kind: "template", text: "Anything else?", buttons });
  expect(rows[1]).toMatchObject({ kind: "template", cards: [{ title: "Blue bowl", buttons }, { title: "Red bowl" }] });
});

test("a quote-reply names the message beside the text; what has no place at Instagram yet cannot be quoted", async () => {
  const [question] = await live.messages(ana);
  await live.send(ana, [{ type: "text", text: "Yes, we do." }], question?.id);
  const [row] = await sent();
  const [entry] = await live.ledger(ana);
  expect(entry?.raw).toMatchObject({ message: { text: "Yes, we do." }, reply_to: { mid: expect.any(String) } });
  expect(row?.quote).toMatchObject({ messageId: question?.id, direction: "in", text: "Hello" });

  await live.emulator.post("/_control/faults", { path: "send", recipient: ana.igsid, kind: "error", code: 551 });
  const refused = await live.reply(ana, "Never arrives");
  await until("it is refused", async () => (await own()).at(-1)?.state === "failed");
  const path = `/conversations/${ana.conversationId}/messages`;
  const parts = [{ type: "text", text: "x" }];
  for (const [replyTo, status, words] of [
    [refused.id, 422, /not on Instagram yet/],
    [randomUUID(), 404, /not in this conversation/],
  ] as const) {
    expect(await live.api("POST", path, { id: randomUUID(), parts, replyTo })).toMatchObject({
      status,
      json: { error: { message: expect.stringMatching(words) } },
    });
  }
});

test("complaint 46: a long text leaves in pieces, one bubble, in order; the same click again is the same bubble", async () => {
  const text = Array.from({ length: 600 }, (_, n) => `wörd${n}`).join(" ");
  const id = randomUUID();
  const path = `/conversations/${ana.conversationId}/messages`;
  const clicks = await Promise.all(Array.from({ length: 5 }, () => live.api<MessageRow>("POST", path, { id, text })));
  expect(clicks.map(({ status, json }) => [status, json.id])).toEqual(Array(5).fill([201, id]));
  const rows = await sent(6);
  expect(rows.map(({ text: piece }) => piece).join(" ")).toBe(text);
  expect((await live.ledger(ana)).map((entry) => entry.text).join(" ")).toBe(text);
  expect(rows.map(({ bubbleId, part }) => [bubbleId, part])).toEqual(rows.map((_, part) => [id, part]));
  expect((await live.api("POST", path, { id, text: `${text} more` })).status).toBe(409);
});

test("complaint 43: a bubble stops at the part that fails, and Retry sends what is missing, in order", async () => {
  await live.emulator.post("/_control/faults", {
    path: "send",
    recipient: ana.igsid,
    kind: "delay",
    ms: 1,
    accept: true,
  });
  await live.emulator.post("/_control/faults", {
    path: "send",
    recipient: ana.igsid,
    kind: "error",
    code: 100,
    subcode: 2018074,
  });
  const parts = ["first", "second", "third"].map((text) => ({ type: "text", text }));
  const [first] = await live.send(ana, parts);
  await until("the bubble has stopped", async () => {
    const rows = await own();
    return JSON.stringify(rows.map(({ state }) => state)) === '["sent","failed","failed"]';
  });
  const rows = await own();
  expect(rows[1]?.failure).toMatchObject({ code: "100/2018074" });
  expect(rows[2]?.failure).toMatchObject({ code: "earlier_part", text: expect.stringContaining("earlier part") });
  expect((await deliveryEvents()).map(({ type, code }) => [type, code])).toEqual([
    ["channel", null],
    ["failure", "100/2018074"],
    ["failure", "earlier_part"],
  ]);
  await live.reply(ana, "after it");
  await until("the next one is sent", async () => (await live.ledger(ana)).length === 2);
  expect((await live.api("POST", `/messages/${rows[2]?.id}/retry`)).status).toBe(200);
  await sent(4);
  expect((await live.ledger(ana)).map(({ text }) => text)).toEqual(["first", "after it", "second", "third"]);
  expect((await own()).every((row) => row.text === "after it" || row.bubbleId === first?.id)).toBe(true);
  expect((await deliveryEvents()).filter(({ type }) => type === "channel")).toHaveLength(4);
});

test("complaint 42: a refused send never looks sent, whatever its form", async () => {
  const forms: object[] = [
    { type: "text", text: "Hello?" },
    { type: "media", media: "image", uploadIds: [await uploaded(png())] },
    { type: "like_heart" },
    { type: "cards", cards: [{ title: "Bowl" }] },
    { type: "buttons", text: "Well?", buttons: [{ title: "Yes", payload: "yes" }] },
  ];
  await live.emulator.post("/_control/faults", {
    path: "send",
    recipient: ana.igsid,
    kind: "error",
    code: 10,
    subcode: 2534022,
    times: forms.length,
  });
  for (const form of forms) await live.send(ana, [form]);
  await until("each is refused", async () => {
    expect((await own()).map(({ state }) => state)).toEqual(forms.map(() => "failed"));
    return true;
  });
  for (const { failure } of await own()) expect(failure?.text).toMatch(/reply window is over/);
  expect(await live.ledger(ana)).toEqual([]);
  expect(await deliveryEvents()).toEqual(forms.map(() => ({ type: "failure", code: "10/2534022", mid: null })));
});

test.each(["before", "after"] as const)(
  "complaint 47: with the echo %s the answer, every form stands in the thread once",
  async (echo) => {
    const uploadIds = [await uploaded(png()), await uploaded(png())];
    const parts = [
      { type: "text", text: "Look:" },
      { type: "media", media: "image", uploadIds },
      { type: "like_heart" },
      { type: "cards", cards: [{ title: "Bowl", subtitle: "Blue" }] },
      { type: "buttons", text: "Well?", buttons: [{ title: "Yes", payload: "yes" }] },
    ];
    if (echo === "before") {
      live.graph.hold();
      await live.send(ana, parts);
      for (const n of parts.keys()) {
        const call = await live.graph.nextSend();
        await call.forward();
        await until("the echo alone confirms it", async () => (await own())[n]?.state === "sent");
        await call.answer();
      }
    } else {
      await live.emulator.post("/_control/deliveries/hold");
      await live.send(ana, parts);
      await sent(5);
      await live.emulator.post("/_control/deliveries/release");
    }
    const rows = await sent(5);
    await live.emulator.get("/_control/idle");
    await live.customerWrites(ana, "Nice");
    expect((await own()).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect((await live.ledger(ana)).map(({ mid }) => mid)).toEqual((await deliveryEvents()).map(({ mid }) => mid));
    expect(rows.map(({ kind }) => kind)).toEqual(["text", "image", "like_heart", "template", "template"]);
  },
);

test("the answers of a whole bubble are lost: the echoes tell, and nothing is sent twice", async () => {
  await live.emulator.post("/_control/faults", {
    path: "send",
    recipient: ana.igsid,
    kind: "close",
    accept: true,
    times: 4,
  });
  const uploadIds = [await uploaded(png())];
  await live.send(ana, [
    { type: "media", media: "image", uploadIds },
    { type: "like_heart" },
    { type: "cards", cards: [{ title: "Bowl", subtitle: "Blue" }] },
    { type: "text", text: "Well?" },
  ]);
  await live.passTimeUntil("all are sent", async () => (await own()).every(({ state }) => state === "sent"));
  expect(await live.ledger(ana)).toHaveLength(4);
  expect(await own()).toHaveLength(4);
});

test("without answer and echo, media and texts are found in Instagram's own conversation; a heart is not guessed", async () => {
  await live.emulator.post("/_control/switches", { echo: "never" });
  await live.emulator.post("/_control/faults", {
    path: "send",
    recipient: ana.igsid,
    kind: "close",
    accept: true,
    times: 3,
  });
  await live.send(ana, [{ type: "media", media: "video", uploadIds: [await uploaded(mp4())] }]);
  await live.send(ana, [{ type: "media", media: "image", uploadIds: [await uploaded(png()), await uploaded(png())] }]);
  await live.passTimeUntil("both are found", async () => (await own()).every(({ state }) => state === "sent"));
  expect(await live.ledger(ana)).toHaveLength(2);
  await live.send(ana, [{ type: "like_heart" }]);
  await live.reply(ana, "after it");
  await live.passTimeUntil("the next one is sent", async () => (await own()).at(-1)?.state === "sent");
  expect((await own()).map(({ state }) => state)).toEqual(["sent", "sent", "unconfirmed", "sent"]);
  expect((await live.ledger(ana)).map(({ kind }) => kind)).toEqual(["video", "images", "like_heart", "text"]);
});

test("own pictures whose echo never comes are asked for by a browser that waits; where Instagram tells nothing, that is said", async () => {
  await live.emulator.post("/_control/switches", { echo: "never" });
  for (const name of ["bowl.png", "cup.png"])
    await live.send(ana, [{ type: "media", media: "image", uploadIds: [await uploaded(png(4, 4, name))] }]);
  const [bowl, cup] = await sent(2);
  expect(bowl?.attachments).toMatchObject([{ url: null, awaited: true }]);
  const mid = (await live.ledger(ana)).at(-1)?.mid ?? "";
  await live.emulator.post("/_control/faults", { path: `/${mid}`, kind: "error", code: 100, subcode: 33, times: 10 });
  for (const row of [bowl, cup]) expect((await live.api("POST", `/messages/${row?.id}/media-gone`)).status).toBe(204);
  await until("both are asked for", async () => {
    const [first, second] = (await own()).map(({ attachments }) => attachments[0]);
    return first?.url && second?.asked;
  });
  expect((await own()).map(({ attachments }) => attachments)).toEqual([
    [{ type: "image", title: "bowl.png", url: expect.stringMatching(/^http/), permalink: null }],
    [{ type: "image", title: "cup.png", url: null, permalink: null, awaited: true, asked: true }],
  ]);
});

test("what was uploaded for another account, or for another kind is refused in words", async () => {
  const other = await live.addShop("Ingrid Berg", "Fjord Knits");
  const path = `/conversations/${ana.conversationId}/messages`;
  const uploadId = await uploaded(png());
  const send = (media: string, as = live.shop) =>
    live.api("POST", path, { id: randomUUID(), parts: [{ type: "media", media, uploadIds: [uploadId] }] }, as);
  expect((await send("image", other)).status).toBe(404);
  expect(await send("video")).toMatchObject({
    status: 422,
    json: { error: { message: expect.stringContaining("cannot be sent as a video") } },
  });
});
