import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ingestDeliveries } from "@/lib/meta/ingest-deliveries";
import {
  addWorkspace,
  type DeskFixture,
  deliver,
  envelope,
  openDesk,
  type WorkspaceFixture,
} from "@/test/desk-fixture";
import { listConversations } from "./list-conversations";
import { readThread } from "./read-thread";

const ANA = "6622334455667788";
const START = Date.UTC(2026, 10, 20, 9, 0, 0);

let desk: DeskFixture;
let shop: WorkspaceFixture;
let conversationId: string;

beforeAll(async () => {
  desk = await openDesk();
  shop = await addWorkspace(desk, { accountId: "17841400000000001" });
  // Several of the same millisecond: only their ids part them.
  const said = Array.from({ length: 130 }, (_, at) => ({
    sender: { id: ANA },
    recipient: { id: shop.accountId },
    timestamp: START + Math.floor(at / 4),
    message: { mid: `m${at}`, text: `Message ${at}` },
  }));
  await deliver(desk, envelope(shop.accountId, ...said));
  while ((await ingestDeliveries(desk.system)) > 0);
  conversationId = (await listConversations(shop.ctx, {})).conversations[0]?.id ?? "";
});
afterAll(() => desk.close());

async function allIds(): Promise<string[]> {
  const { rows } = await desk.db.execute<{ id: string }>(sql`
    select id from message where conversation_id = ${conversationId} order by sent_at, id`);
  return rows.map(({ id }) => id);
}

const idsOf = ({ messages }: { messages: { id: string }[] }) => messages.map(({ id }) => id);

test("read back to the first message and on to the last, every message comes once and in order", async () => {
  const ids = await allIds();
  expect(ids).toHaveLength(130);
  let page = await readThread(shop.ctx, { conversationId });
  expect(page.newer).toBe(false);
  let back = idsOf(page);
  while (page.older) {
    page = await readThread(shop.ctx, { conversationId, before: page.older });
    expect(page.newer).toBe(true);
    back = [...idsOf(page), ...back];
  }
  expect(back).toEqual(ids);

  const on = ids.slice(0, 1);
  do {
    page = await readThread(shop.ctx, { conversationId, after: on.at(-1) });
    on.push(...idsOf(page));
  } while (page.newer);
  expect(on).toEqual(ids);
});

test("around a message stands the message itself with its neighbours, and both ends say whether more follows", async () => {
  const ids = await allIds();
  const around = ids[60] ?? "";
  const page = await readThread(shop.ctx, { conversationId, around });
  expect(idsOf(page)).toEqual(ids.slice(11, 111));
  expect(page.newer).toBe(true);
  const before = await readThread(shop.ctx, { conversationId, before: page.older ?? "" });
  expect(idsOf(before)).toEqual(ids.slice(0, 11));
  const last = await readThread(shop.ctx, { conversationId, around: ids.at(-1) });
  expect(last.newer).toBe(false);
  expect(idsOf(last).at(-1)).toBe(ids.at(-1));
});

test("a message may stand for a page's beginning; one of nowhere is not found", async () => {
  const ids = await allIds();
  expect(idsOf(await readThread(shop.ctx, { conversationId, before: ids[50] }))).toEqual(ids.slice(0, 50));
  const stranger = "01890000-0000-7000-8000-000000000000";
  for (const position of [{ around: stranger }, { after: stranger }, { before: stranger }, { around: "nonsense" }]) {
    await expect(readThread(shop.ctx, { conversationId, ...position })).rejects.toMatchObject({ code: "not_found" });
  }
});
