import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ingestDeliveries } from "@/lib/meta/ingest-deliveries";
import {
  addWorkspace,
  type DeskFixture,
  deliver,
  envelope,
  openDesk,
  type WorkspaceFixture,
} from "@/test/desk-fixture";
import { newId } from "../ids";
import { readProfileTarget, recordProfile } from "./contact-profile";
import { write } from "./context";
import { indexWords } from "./index-words";
import { nameContact } from "./name-contact";
import { searchMessages } from "./search-messages";
import { searchWords } from "./search-words";
import { sendMessage } from "./send-message";

const ANA = "6622334455667788";
const BEN = "6622334455667799";
const START = Date.now() - 3_600_000;

let desk: DeskFixture;
let shop: WorkspaceFixture;
let neighbour: WorkspaceFixture;
let mids = 0;

beforeAll(async () => {
  desk = await openDesk();
  shop = await addWorkspace(desk, { accountId: "17841400000000001" });
  neighbour = await addWorkspace(desk, { accountId: "17841400000000002", pageId: "2" });
});
afterAll(() => desk.close());

/** @returns Meta's id of it */
async function say(message: object, from = ANA, to = shop): Promise<string> {
  mids += 1;
  const mid = `m${mids}`;
  const item = { sender: { id: from }, recipient: { id: to.accountId }, timestamp: START + mids * 1000 };
  await receive({ ...item, message: { mid, ...message } }, to);
  return mid;
}

async function receive(item: object, to = shop): Promise<void> {
  await deliver(desk, envelope(to.accountId, item));
  while ((await ingestDeliveries(desk.system)) > 0);
}

async function find(question: string, more: { conversationId?: string; after?: string } = {}) {
  const page = await searchMessages(shop.ctx, { question, ...more });
  return page.messages.map(({ text, ranges }) => [text, ...ranges.map(([start, end]) => text.slice(start, end))]);
}

async function conversationOf(contact: string): Promise<{ id: string; contactId: string }> {
  const { rows } = await desk.db.execute<{ id: string; contactId: string }>(sql`
    select c.id, p.id as "contactId" from conversation c join contact p on p.id = c.contact_id
    where p.external_id = ${contact} and c.workspace_id = ${shop.workspaceId}`);
  if (!rows[0]) throw new Error("This person has not written.");
  return rows[0];
}

describe("what is found", () => {
  test("a customer's words by their beginning, in any case and without accents, all of them", async () => {
    await say({ text: "Is the Café-au-lait vase back in stock?" });
    expect(await find("caf")).toEqual([["Is the Café-au-lait vase back in stock?", "Caf"]]);
    expect(await find("STOCK café")).toEqual([["Is the Café-au-lait vase back in stock?", "Café", "stock"]]);
    expect(await find("café tock")).toEqual([]);
  });

  test("newest first, with whom it was", async () => {
    await say({ text: "A first porcupine" });
    await say({ text: "A second porcupine" }, BEN);
    const { messages } = await searchMessages(shop.ctx, { question: "porcupine" });
    expect(messages.map(({ text }) => text)).toEqual(["A second porcupine", "A first porcupine"]);
    const [ben, ana] = [await conversationOf(BEN), await conversationOf(ANA)];
    expect(messages.map(({ conversation }) => conversation.id)).toEqual([ben.id, ana.id]);
  });

  test("other scripts, emoji, and a word inside what is written without spaces", async () => {
    await say({ text: "Сколько стоит ёлочная игрушка?" });
    await say({ text: "この花瓶はいくらですか" });
    await say({ text: "So lovely ❤️🏺" });
    expect(await find("ЕЛОЧ")).toEqual([["Сколько стоит ёлочная игрушка?", "ёлоч"]]);
    expect(await find("いくら")).toEqual([["この花瓶はいくらですか", "いくら"]]);
    expect(await find("🏺")).toEqual([["So lovely ❤️🏺", "🏺"]]);
    expect(await find("❤")).toEqual([["So lovely ❤️🏺", "❤️"]]);
  });

  test("what the desk sends, its quick replies and its cards", async () => {
    const { id: conversationId } = await conversationOf(ANA);
    await sendMessage(shop.ctx, {
      id: newId(),
      conversationId,
      parts: [{ type: "text", text: "Which one?", quickReplies: [{ title: "Turquoise" }, { title: "Ochre" }] }],
    });
    await sendMessage(shop.ctx, {
      id: newId(),
      conversationId,
      parts: [{ type: "cards", cards: [{ title: "Teapot Fuji", subtitle: "Holds a litre" }] }],
    });
    expect(await find("turquoise")).toEqual([["Turquoise", "Turquoise"]]);
    expect(await find("ochre which")).toEqual([["Which one?", "Which"]]);
    expect(await find("fuji litre")).toEqual([["Teapot Fuji", "Fuji"]]);
  });

  test("an edited message by what it says now", async () => {
    const mid = await say({ text: "I want the zinnia one" });
    const { id } = await conversationOf(ANA);
    const item = { sender: { id: ANA }, recipient: { id: shop.accountId }, timestamp: START + 500_000 };
    await receive({ ...item, message_edit: { mid, text: "I want the dahlia one", num_edit: 1 } });
    expect(await find("dahlia", { conversationId: id })).toEqual([["I want the dahlia one", "dahlia"]]);
    expect(await find("zinnia")).toEqual([]);
  });

  test("never what was unsent, nor another workspace's", async () => {
    const mid = await say({ text: "My secret pangolin" });
    await say({ text: "Another shop's pangolin" }, ANA, neighbour);
    expect(await find("pangolin")).toEqual([["My secret pangolin", "pangolin"]]);
    const item = { sender: { id: ANA }, recipient: { id: shop.accountId }, timestamp: START + 600_000 };
    await receive({ ...item, message: { mid, is_deleted: true } });
    expect(await find("pangolin")).toEqual([]);
    const { rows } = await desk.db.execute(sql`select 1 from message where search like '%secret pangolin%'`);
    expect(rows).toEqual([]);
  });

  test("people by name and @username, whoever wrote last first", async () => {
    for (const [who, name, username] of [
      [ANA, "Ána Lima", "ana.lima_99"],
      [BEN, "Ben Okafor", "lima.beans"],
    ] as const) {
      const { contactId } = await conversationOf(who);
      const target = await readProfileTarget(desk.system, { workspaceId: shop.workspaceId, contactId });
      if (!target) throw new Error("The contact is missing.");
      const unknown = { pictureUrl: null, followerCount: null, followsBusiness: null, followedByBusiness: null };
      await recordProfile(desk.system, target, { name, username, verified: null, ...unknown });
    }
    const names = async (question: string) =>
      (await searchMessages(shop.ctx, { question })).people.map(({ contact }) => contact.displayName);
    expect(await names("ana li")).toEqual(["Ána Lima"]);
    expect(await names("@ana.lima_99")).toEqual(["Ána Lima"]);
    expect(await names("okafor")).toEqual(["Ben Okafor"]);
    expect((await names("lima")).sort()).toEqual(["Ben Okafor", "Ána Lima"]);
    expect(await names("nobody")).toEqual([]);
  });

  test("people whom Instagram does not name, by the @username that is known later", async () => {
    const quiet = "6622334455667711";
    await say({ text: "Only looking" }, quiet);
    while ((await indexWords(desk.system)) > 0);
    const named = { workspaceId: shop.workspaceId, channelId: shop.channelId, contactExternalId: quiet };
    await write(desk.system, (tx) => nameContact(tx, { ...named, username: "quiet.reader" }));
    for (const question of ["reader", "quiet.reader", "@quiet"]) {
      const { people } = await searchMessages(shop.ctx, { question });
      expect(people.map(({ contact }) => contact.displayName)).toEqual(["@quiet.reader"]);
    }
  });

  test("rows of an earlier version of the desk, once they were looked through", async () => {
    await say({ text: "An old wombat" });
    await desk.db.execute(sql`update message set search = null where text = 'An old wombat'`);
    await desk.db.execute(sql`update contact set search = null`);
    expect(await find("wombat")).toEqual([]);
    while ((await indexWords(desk.system)) > 0);
    expect(await find("wombat")).toEqual([["An old wombat", "wombat"]]);
    expect((await searchMessages(shop.ctx, { question: "okafor" })).people).toHaveLength(1);
  });
});

describe("questions", () => {
  test.each(["", "   ", "%", "_", "\\", "\0", "'", '"', "' & !:* | <->", "???", "\ud800", "); drop table message; --"])(
    "%j harms nothing and is answered",
    async (question) => {
      const page = await searchMessages(shop.ctx, { question });
      expect(page.messages.length).toBeLessThanOrEqual(50);
      if (!/[a-z]/.test(question)) expect(page).toEqual({ people: [], messages: [], total: null, next: null });
    },
  );

  test("a percent sign and an underscore are no wildcards", async () => {
    await say({ text: "capybara" });
    expect(await find("cap%ra")).toEqual([]);
    expect(await find("cap_bara")).toEqual([]);
    expect(await find("cap\0ybara")).toEqual([]);
  });

  test("one that is too long, a damaged page and a conversation of nowhere are refused in words", async () => {
    await expect(find("a".repeat(10_000))).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("200 characters"),
    });
    await expect(find("a", { after: "nonsense" })).rejects.toMatchObject({ code: "invalid" });
    await expect(find("a", { conversationId: "nonsense" })).rejects.toMatchObject({ code: "not_found" });
    await expect(find("a", { conversationId: newId() })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("among many messages", () => {
  const MANY = 12_000;
  let conversationId: string;
  let texts: string[];

  beforeAll(async () => {
    ({ id: conversationId } = await conversationOf(BEN));
    texts = Array.from({ length: MANY }, (_, n) =>
      [`the note ${n}`, n % 4 === 0 && "and a clay cup", n === 7 && "heliotrope", n < 6_000 && "erstwhile glazed"]
        .filter(Boolean)
        .join(" "),
    );
    // Three of the same moment: only their ids part them.
    const ids = texts.map(() => newId()).sort();
    await desk.db.execute(sql`
      insert into message (workspace_id, id, conversation_id, channel_id, direction, origin, kind, text, search, sent_at, arrival, state)
      select ${shop.workspaceId}, id, ${conversationId}, ${shop.channelId}, 'in', 'customer', 'text', text, search,
        ${new Date(START - MANY * 1000).toISOString()}::timestamptz + make_interval(secs => (n / 3)::int), 1000 + n, 'received'
      from unnest(${sql.param(texts)}::text[], ${sql.param(texts.map((text) => searchWords(text)))}::text[], ${sql.param(ids)}::uuid[])
        with ordinality as t(text, search, id, n)`);
    await desk.db.execute(sql`analyze message`);
  });

  async function readAll(
    question: string,
    more: { conversationId?: string } = {},
  ): Promise<{ texts: string[]; ids: Set<string>; pages: number }> {
    const all = { texts: [] as string[], ids: new Set<string>(), pages: 0 };
    let after: string | undefined;
    do {
      const page = await searchMessages(shop.ctx, { question, ...more, after });
      for (const { message, text } of page.messages) {
        all.texts.push(text);
        all.ids.add(message.id);
      }
      all.pages += 1;
      after = page.next ?? undefined;
    } while (after !== undefined);
    return all;
  }

  test.each([
    ["a rare word far back", "helio"],
    ["a word that the index names too often, far back", "erstwhile"],
    ["two such words", "erstw glaz"],
    ["a frequent word with a rare one", "the heliotrope"],
    ["frequent words", "clay cup"],
    ["a frequent word with one far back", "cup erstwhile"],
    ["one letter", "h"],
    ["nothing", "heliotrope xylophone"],
  ])("%s: every message once, newest first", async (_, question) => {
    const words = question.split(" ");
    const expected = texts.filter((text) =>
      words.every((word) => text.split(" ").some((each) => each.startsWith(word))),
    );
    const { texts: read, ids } = await readAll(question);
    expect(read.filter((text) => text.startsWith("the note"))).toEqual(expected.reverse());
    expect(ids.size).toBe(read.length);
  });

  test("a word in every message comes newest first, page by page", async () => {
    const { texts: read, ids, pages } = await readAll("note", { conversationId });
    expect(read).toEqual([...texts].reverse());
    expect(ids.size).toBe(MANY);
    expect(pages).toBe(MANY / 50);
  });

  test("within a conversation it says how many", async () => {
    expect((await searchMessages(shop.ctx, { question: "heliotrope", conversationId })).total).toEqual({
      count: 1,
      more: false,
    });
    expect((await searchMessages(shop.ctx, { question: "clay", conversationId })).total).toEqual({
      count: 100,
      more: true,
    });
    const { id } = await conversationOf(ANA);
    expect(await searchMessages(shop.ctx, { question: "heliotrope", conversationId: id })).toMatchObject({
      messages: [],
      total: { count: 0, more: false },
    });
  });
});
