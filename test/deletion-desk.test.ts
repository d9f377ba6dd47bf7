import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/ids";
import { readProfileTarget, recordProfile } from "@/lib/inbox/contact-profile";
import { exportContact } from "@/lib/inbox/export-contact";
import { findContacts, readHeldContact } from "@/lib/inbox/find-contacts";
import { listDeletions } from "@/lib/inbox/list-deletions";
import { readChanges } from "@/lib/inbox/read-changes";
import { currentSequence } from "@/lib/inbox/rows";
import { sendMessage } from "@/lib/inbox/send-message";
import { eraseCustomer } from "@/lib/meta/erase-customer";
import { ingestDeliveries } from "@/lib/meta/ingest-deliveries";
import { addWorkspace, type DeskFixture, deliver, envelope, openDesk, type WorkspaceFixture } from "./desk-fixture";
import { joined, type MemberCtx } from "./people";
import { useSettings } from "./settings";

/** What a customer may ask of a business: to see what is kept, and to have it erased everywhere. */
let desk: DeskFixture;
let shop: WorkspaceFixture;

const ACCOUNT = "17841500000000077";
const ANA = "6661112223334445";
const MARCO = "6669998887776661";

beforeAll(async () => {
  useSettings();
  desk = await openDesk();
  shop = await addWorkspace(desk, { accountId: ACCOUNT });
});
afterAll(() => desk?.close());

let ticks = 0;

/** An item of a conversation, each a moment after the one before and all of them some minutes ago. */
function item(customer: string, part: object, fromBusiness = false) {
  ticks += 1;
  const parties = [{ id: customer }, { id: ACCOUNT }];
  const [sender, recipient] = fromBusiness ? parties.reverse() : parties;
  return { sender, recipient, timestamp: Date.now() - 600_000 + ticks, ...part };
}

const said = (customer: string, mid: string, message: object) => item(customer, { message: { mid, ...message } });

async function ingest(...items: object[]): Promise<void> {
  if (items.length > 0) await deliver(desk, envelope(ACCOUNT, ...items));
  while ((await ingestDeliveries(desk.system)) > 0);
}

async function contactOf(externalId: string): Promise<{ contactId: string; conversationId: string }> {
  const { rows } = await desk.db.execute<{ contactId: string; conversationId: string }>(sql`
    select p.id as "contactId", c.id as "conversationId" from contact p join conversation c on c.contact_id = p.id where p.external_id = ${externalId}`);
  return rows[0] ?? { contactId: newId(), conversationId: newId() };
}

async function texts(externalId: string): Promise<string[]> {
  const { rows } = await desk.db.execute<{ text: string }>(sql`
    select m.text from message m join conversation c on c.id = m.conversation_id join contact p on p.id = c.contact_id
    where p.external_id = ${externalId} order by m.sent_at`);
  return rows.map((row) => row.text);
}

/** Every row of every table, bytes as hexadecimal digits. */
async function dump(): Promise<string> {
  const { rows: tables } = await desk.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const lines = await Promise.all(
    tables.map(async ({ name }) => (await desk.pool.query(`select t::text as line from "${name}" t`)).rows),
  );
  return lines
    .flat()
    .map((row) => row.line)
    .join("\n");
}

async function tracesOf(needles: string[]): Promise<string[]> {
  const text = await dump();
  return needles.filter((needle) => text.includes(needle) || text.includes(Buffer.from(needle).toString("hex")));
}

const NEEDLES = [
  ANA,
  "Ana Needle",
  "ana.needle",
  "fbsbx.com/ana-picture",
  "needle-text",
  "needle-edited",
  "needle-first",
  "needle-story",
  "needle-image",
  "needle-reply",
  "needle-odd",
  "needle-orphan",
  "needle-waiting",
  "needle-button",
  "🧡",
];

async function furnishAna(): Promise<{ contactId: string; conversationId: string }> {
  await ingest(
    said(ANA, "needle-text-1", { text: "needle-text" }),
    said(ANA, "mid-2", { text: "needle-first" }),
    item(ANA, { message_edit: { mid: "mid-2", text: "needle-edited", num_edit: 1 } }),
    item(ANA, { message_edit: { mid: "mid-never-came", text: "needle-orphan", num_edit: 1 } }),
    item(ANA, { reaction: { mid: "needle-text-1", action: "react", reaction: "love", emoji: "🧡" } }),
    said(ANA, "mid-3", {
      attachments: [{ type: "story_mention", payload: { url: "https://lookaside.fbsbx.com/needle-story" } }],
    }),
    said(ANA, "mid-4", {
      attachments: [{ type: "image", payload: { url: "https://lookaside.fbsbx.com/needle-image" } }],
    }),
    said(ANA, "mid-5", { attachments: [{ type: "needle-odd", payload: { what: "needle-odd" } }] }),
    item(ANA, { postback: { mid: "mid-6", title: "needle-button", payload: "needle-button" } }),
    item(ANA, { "needle-odd-event": { what: "needle-odd" } }),
    item(ANA, { message_edit: { text: "needle-odd" } }),
    said(MARCO, `marco-${ticks}`, { text: "Is Ana there?" }),
  );
  const ana = await contactOf(ANA);
  const target = await readProfileTarget(desk.system, { ...shop, ...ana });
  if (!target) throw new Error("The contact that was just made is missing.");
  await recordProfile(desk.system, target, {
    name: "Ana Needle",
    username: "ana.needle",
    pictureUrl: "https://scontent.fbsbx.com/ana-picture",
    followerCount: 10,
    followsBusiness: true,
    followedByBusiness: false,
    verified: false,
  });
  await sendMessage(shop.ctx, {
    id: newId(),
    conversationId: ana.conversationId,
    parts: [{ type: "text", text: "needle-reply" }],
  });
  return ana;
}

test("complaint 59: people are found by name, @username or Instagram-scoped id", async () => {
  await furnishAna();
  for (const words of ["ana needle", "Needle", "@ana.needle", "ana.nee", ANA, `  ${ANA} `]) {
    expect((await findContacts(shop.ctx, { words })).map((found) => found.externalId)).toEqual([ANA]);
  }
  for (const words of ["", "%", "_", "\\", "nobody", "\u0000", "\ud800", "' or true --", ANA.slice(0, 8)]) {
    expect(await findContacts(shop.ctx, { words })).toEqual([]);
  }
  const { contactId } = await contactOf(ANA);
  expect(await readHeldContact(shop.ctx, { contactId })).toMatchObject({
    messages: 8,
    held: { edits: 2, reactions: 1, setAside: 3 },
  });
});

test("an export holds all that is kept, and no story", async () => {
  const { contactId } = await contactOf(ANA);
  const exported = await exportContact(shop.ctx, { contactId });
  const text = JSON.stringify(exported);
  for (const needle of NEEDLES.filter((one) => !["needle-story", "needle-orphan", "needle-waiting"].includes(one)))
    expect(text).toContain(needle);
  expect(text).not.toContain("needle-story");
  expect(exported.person).toMatchObject({ instagramScopedId: ANA, username: "ana.needle", followerCount: 10 });
  const edited = exported.messages.find((message) => message.text === "needle-edited");
  expect(edited?.edits).toMatchObject([{ text: "needle-first" }, { text: "needle-edited" }]);
  expect(exported.messages.find((message) => message.text === "needle-text")?.reactions).toMatchObject([
    { by: "customer", emoji: "🧡" },
  ]);
  expect(exported.setAside).toHaveLength(3);
});

test("complaint 59: erased means gone from every table; a receipt without content stays, and others keep theirs", async () => {
  const { contactId, conversationId } = await contactOf(ANA);
  await desk.db.execute(sql`
    insert into parked (workspace_id, channel_id, external_id, kind, at) values (${shop.workspaceId}, ${shop.channelId}, 'needle-text-1', 'seen', desk_now())`);
  await desk.db.execute(sql`
    insert into meta_thread (workspace_id, channel_id, external_id, contact_external_id, contact_username, updated_at)
    values (${shop.workspaceId}, ${shop.channelId}, 'thread-1', ${ANA}, 'ana.needle', desk_now())`);
  // Not read yet when Ana is erased, in one body with somebody else's.
  await deliver(
    desk,
    envelope(
      ACCOUNT,
      said(ANA, "needle-waiting-1", { text: "needle-waiting" }),
      said(MARCO, "marco-2", { text: "Hello" }),
    ),
  );
  await deliver(desk, envelope(ACCOUNT, said(ANA, "needle-waiting-2", { text: "needle-waiting" })));
  expect(await tracesOf(NEEDLES)).toEqual(NEEDLES);
  const before = await currentSequence(desk.db, shop.workspaceId);

  const { code, counts } = await eraseCustomer(shop.ctx, { contactId });

  expect(await tracesOf([...NEEDLES, contactId])).toEqual([]);
  expect(code).toMatch(/^[0-9A-F]{20}$/);
  expect(counts).toMatchObject({ messages: 8, edits: 3, reactions: 1, setAside: 3 });
  expect(counts.jobs).toBeGreaterThanOrEqual(2);
  const [receipt] = await listDeletions(shop.ctx);
  expect(receipt).toMatchObject({ code, by: "Nora", counts, subject: "customer" });
  expect(await readChanges(desk.db, shop.workspaceId, before)).toMatchObject({
    erased: [conversationId],
    conversations: [],
    messages: [],
  });
  await ingest();
  expect(await texts(MARCO)).toContain("Hello");
  expect(await contactOf(ANA)).not.toMatchObject({ contactId });
  expect(await tracesOf(NEEDLES)).toEqual([]);
});

test("what was erased does not come back by a repeated delivery or a back-fill; what they write from now on starts afresh", async () => {
  const old = [
    said(ANA, "needle-text-1", { text: "needle-text" }),
    item(ANA, { message_edit: { mid: "mid-2", text: "needle-edited", num_edit: 1 } }),
    item(ANA, { reaction: { mid: "needle-text-1", action: "react", reaction: "love", emoji: "🧡" } }),
    item(ANA, { "needle-odd-event": { what: "needle-odd" } }),
    item(ANA, { message_edit: { text: "needle-odd" } }),
    item(ANA, { message: { mid: "echo-1", text: "needle-reply", is_echo: true } }, true),
  ];
  await ingest(...old);
  expect(await tracesOf(NEEDLES)).toEqual([]);

  const fresh = { ...said(ANA, "fresh-1", { text: "I am back" }), timestamp: Date.now() };
  await ingest(fresh, ...old);
  expect(await texts(ANA)).toEqual(["I am back"]);
  // Newer than the erasure, and yet it tells what was erased.
  await ingest({
    ...item(ANA, { message_edit: { mid: "mid-2", text: "needle-edited", num_edit: 2 } }),
    timestamp: Date.now(),
  });
  expect(await tracesOf(NEEDLES.filter((needle) => needle !== ANA))).toEqual([]);

  const { contactId } = await contactOf(ANA);
  await eraseCustomer(shop.ctx, { contactId });
  await ingest(fresh);
  expect(await tracesOf(NEEDLES)).toEqual([]);
});

test("a customer who is erased while their messages come in is erased, and nothing gets stuck", async () => {
  for (let round = 1; round <= 8; round++) {
    const person = `77700011122200${round}`;
    await ingest(said(person, `race-${round}-0`, { text: "race-text" }));
    const { contactId } = await contactOf(person);
    for (let n = 1; n <= 6; n++) {
      const mid = `race-${round}-${n}`;
      await deliver(
        desk,
        envelope(
          ACCOUNT,
          said(person, mid, { text: "race-text" }),
          item(person, { message_edit: { mid: `${mid}-unknown`, text: "race-text", num_edit: 1 } }),
          item(person, { message_edit: { text: "race-text" } }),
        ),
      );
    }
    await Promise.all([
      eraseCustomer(shop.ctx, { contactId }),
      ingestDeliveries(desk.system),
      ingestDeliveries(desk.system),
    ]);
    await ingest();
    expect(await tracesOf([person, "race-text"])).toEqual([]);
  }
});

test("only an owner or admin, only what is there, and not while a reply is leaving", async () => {
  await ingest({ ...said("8880001112223", "late-1", { text: "Hello" }), timestamp: Date.now() });
  const { contactId, conversationId } = await contactOf("8880001112223");
  const owner: MemberCtx = { db: desk.db, actor: shop.member };
  const agent = await joined(owner, "agent", "Tomás Silva");
  for (const attempt of [
    () => eraseCustomer(agent, { contactId }),
    () => exportContact(agent, { contactId }),
    () => findContacts(agent, { words: "late" }),
    () => listDeletions(agent),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(eraseCustomer(shop.ctx, { contactId: newId() })).rejects.toMatchObject({ code: "not_found" });
  await expect(eraseCustomer(shop.ctx, { contactId: "'; drop table contact" })).rejects.toMatchObject({
    code: "not_found",
  });
  const [reply] = await sendMessage(shop.ctx, { id: newId(), conversationId, parts: [{ type: "text", text: "Bye" }] });
  await desk.db.execute(sql`
    update message set state = 'dispatching', dispatch_deadline = desk_now() + interval '10 seconds' where id = ${reply?.id ?? ""}`);
  await expect(eraseCustomer(shop.ctx, { contactId })).rejects.toMatchObject({ code: "conflict" });
  await desk.db.execute(
    sql`update message set dispatch_deadline = desk_now() - interval '1 second' where id = ${reply?.id ?? ""}`,
  );
  expect((await eraseCustomer(shop.ctx, { contactId })).counts).toMatchObject({ messages: 2 });
});
