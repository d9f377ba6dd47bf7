import { sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";
import type { StoredAttachment, StoredDetails } from "../db/tables/message";
import { newId } from "../ids";
import { applyParked } from "./apply-parked";
import { changeQuotes } from "./change-quotes";
import { claimOwnSend, settleOwnSend } from "./claim-own-send";
import { contentHash } from "./content-hash";
import { type Ctx, type WriteCtx, write } from "./context";
import { editMessages } from "./edit-messages";
import { giveToDefault } from "./give-to-default";
import { noteUnblocked } from "./note-blocked";
import { type ConversationRef, contactKey, openConversations, withoutErased } from "./open-conversations";
import { type ConversationChange, refreshConversations } from "./refresh-conversations";
import { messageWords } from "./searchable-texts";
import type { MessageKind } from "./types";

/** One message as the channel tells of it. `origin: "instagram"` is the business's own side, from wherever it was sent. */
export type IncomingMessage = {
  workspaceId: string;
  channelId: string;
  contactExternalId: string;
  externalId: string;
  origin: "customer" | "instagram";
  kind: MessageKind;
  text: string | null;
  attachments: StoredAttachment[] | null;
  details: StoredDetails | null;
  story: { relation: "reply" | "mention"; id?: string; url?: string } | null;
  replyToExternalId: string | null;
  sentAt: Date;
  /** Whether the customer's act opens the reply window (a message does, a reaction does not). */
  opensWindow: boolean;
  /** Read from Meta's thread, which tells less than a delivery. `history`: nobody has to read it any more. */
  readBack?: { history: boolean };
};

/** The attachment of a message that Instagram named without its content; the message itself may still come. */
export const WITHHELD = "withheld";

export type ReceivedMessage = { item: IncomingMessage; messageId: string; conversation: ConversationRef };

/**
 * Projects messages in any order, any number of times: unique per channel and Meta id, ordered by Meta's timestamp.
 * An echo of a send whose answer is not known yet becomes that send's confirmation. What was erased at a customer's wish
 * stays out. @returns those that were new
 */
export async function receiveMessages(ctx: Ctx | WriteCtx, given: IncomingMessage[]): Promise<ReceivedMessage[]> {
  if (given.length === 0) return [];
  return write(ctx, async (tx) => {
    const conversations = await openConversations(tx.db, given);
    const items = withoutErased(given, conversations);
    if (items.length === 0) return [];
    const known = await findKnown(tx.db, items);
    const fresh = new Map<string, ReceivedMessage>();
    const changes = new Map<string, ConversationChange>();
    for (const item of items) {
      const conversation = conversations.get(contactKey(item));
      if (!conversation) throw new Error("A conversation that was just opened is missing.");
      const key = messageKey(item);
      const twin = fresh.get(key);
      if (twin) {
        if (isWithheld(twin.item)) fresh.set(key, { ...twin, item });
        continue;
      }
      const existing = known.get(key);
      if (existing) {
        if (tellsMore(item, existing) && (await complete(tx, item, existing.id, conversation.id)))
          changeOf(changes, item.workspaceId, conversation.id);
        if (item.origin === "instagram" && !item.readBack && (await settleOwnSend(tx, item, existing.id)))
          changeOf(changes, item.workspaceId, conversation.id);
        continue;
      }
      const claimed = item.origin === "instagram" ? await claimOwnSend(tx, conversation, item) : null;
      if (claimed) {
        known.set(key, { id: claimed, withheld: false, readBack: false });
        changeOf(changes, item.workspaceId, conversation.id);
        continue;
      }
      fresh.set(key, { item, messageId: newId(), conversation });
    }
    const received = [...fresh.values()];
    for (const { item, conversation } of received) countIn(changeOf(changes, item.workspaceId, conversation.id), item);
    await insertMessages(tx.db, received);
    await giveToDefault(tx.db, received);
    await refreshConversations(tx.db, [...changes.values()]);
    const opened = new Set<string>();
    for (const { item, messageId, conversation } of received) {
      if (conversation.lastArrival === 0 && !opened.has(conversation.id)) {
        opened.add(conversation.id);
        const { workspaceId } = item;
        tx.record({ workspaceId, type: "conversation.opened", conversationId: conversation.id, messageId });
      }
      tx.record({
        workspaceId: item.workspaceId,
        type: item.readBack?.history ? "message.remembered" : "message.received",
        conversationId: conversation.id,
        messageId,
      });
    }
    for (const { item, conversation } of received) {
      if (conversation.blocked && item.origin === "customer" && !item.readBack?.history)
        await noteUnblocked(tx, { workspaceId: item.workspaceId, conversationId: conversation.id });
    }
    await changeQuotes(
      tx,
      received.map(({ item }) => item),
    );
    await applyParked(tx, items);
    return received;
  });
}

function messageKey(item: { channelId: string; externalId: string }): string {
  return `${item.channelId} ${item.externalId}`;
}

type Known = { id: string; withheld: boolean; readBack: boolean };

function tellsMore(item: IncomingMessage, known: Known): boolean {
  return (known.withheld && !isWithheld(item)) || (known.readBack && !item.readBack);
}

function isWithheld(item: IncomingMessage): boolean {
  return item.attachments?.[0]?.type === WITHHELD;
}

async function findKnown(db: Transaction, items: IncomingMessage[]): Promise<Map<string, Known>> {
  // Lateral: one probe of the index each, however small the planner believes the table to be.
  const { rows } = await db.execute<Known & { channelId: string; externalId: string }>(sql`
    select given.channel_id as "channelId", given.external_id as "externalId", m.id, m.withheld, m.read_back as "readBack"
    from unnest(${sql.param(items.map((item) => item.channelId))}::uuid[], ${sql.param(items.map((item) => item.externalId))}::text[])
      as given(channel_id, external_id)
    cross join lateral (
      select id, coalesce(attachments -> 0 ->> 'type' = ${WITHHELD}, false) as withheld, read_back from message
      where channel_id = given.channel_id and external_id = given.external_id limit 1) m`);
  return new Map(rows.map((row) => [messageKey(row), row]));
}

/** A message that was only named before, or read back, is told in full now. */
async function complete(
  tx: WriteCtx,
  item: IncomingMessage,
  messageId: string,
  conversationId: string,
): Promise<boolean> {
  const { workspaceId, channelId, contactExternalId, externalId, sentAt } = item;
  const { rows } = await tx.db.execute<{ before: string | null; kind: string; edited: boolean }>(sql`
    update message m set kind = ${item.kind}, text = case when m.edited_at is null then ${item.text} else m.text end,
      search = case when m.edited_at is null then ${messageWords(item)} else m.search end,
      attachments = ${json(item.attachments)}::jsonb, details = ${json(item.details)}::jsonb, story = ${json(item.story)}::jsonb,
      reply_to_external_id = ${item.replyToExternalId}, read_back = ${item.readBack !== undefined}, version = m.version + 1,
      sent_at = ${item.readBack ? sql`m.sent_at` : sql`${sentAt.toISOString()}::timestamptz`}
    from (select text, kind from message where workspace_id = ${workspaceId} and id = ${messageId}) was
    where m.workspace_id = ${workspaceId} and m.id = ${messageId} and m.unsent_at is null
    returning was.text as before, was.kind, m.edited_at is not null as edited`);
  const row = rows[0];
  if (!row) return false;
  tx.record({ workspaceId, type: "message.changed", conversationId, messageId });
  // Read back it said something else: it was edited since, and of that Meta may never tell.
  if (!row.edited && row.kind === "text" && row.before !== null && item.text !== null && !item.readBack) {
    const same = contentHash(row.before).equals(contentHash(item.text));
    const edit = { workspaceId, channelId, contactExternalId, externalId, number: 1, text: row.before, at: sentAt };
    if (!same) await editMessages(tx, [edit]);
  }
  await changeQuotes(tx, [item]);
  return true;
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

function changeOf(changes: Map<string, ConversationChange>, workspaceId: string, id: string): ConversationChange {
  const change = changes.get(id) ?? { workspaceId, id };
  changes.set(id, change);
  return change;
}

function countIn(change: ConversationChange, item: IncomingMessage): void {
  const history = item.readBack?.history ?? false;
  if (!history) change.added = (change.added ?? 0) + 1;
  if (item.origin === "customer") {
    if (!history && item.kind !== "event" && item.kind !== "referral") change.unread = (change.unread ?? 0) + 1;
    if (item.opensWindow) change.customerAt = later(change.customerAt, item.sentAt);
  } else change.replyAt = later(change.replyAt, item.sentAt);
}

function later(one: Date | undefined, other: Date): Date {
  return one && one > other ? one : other;
}

async function insertMessages(db: Transaction, received: ReceivedMessage[]): Promise<void> {
  if (received.length === 0) return;
  const arrivals = new Map<string, number>();
  const rows = received.map(({ item, messageId, conversation }) => {
    const last = arrivals.get(conversation.id) ?? conversation.lastArrival;
    const arrival = item.readBack?.history ? 0 : last + 1;
    arrivals.set(conversation.id, Math.max(last, arrival));
    return {
      workspace_id: item.workspaceId,
      id: messageId,
      conversation_id: conversation.id,
      channel_id: item.channelId,
      external_id: item.externalId,
      direction: item.origin === "customer" ? "in" : "out",
      origin: item.origin,
      kind: item.kind,
      text: item.text,
      search: messageWords(item),
      attachments: item.attachments,
      details: item.details,
      story: item.story,
      reply_to_external_id: item.replyToExternalId,
      sent_at: item.sentAt,
      arrival,
      state: item.origin === "customer" ? "received" : "sent",
      read_back: item.readBack !== undefined,
    };
  });
  await db.execute(sql`
    insert into message (workspace_id, id, conversation_id, channel_id, external_id, direction, origin, kind, text, search, attachments, details,
      story, reply_to_external_id, sent_at, arrival, state, read_back)
    select workspace_id, id, conversation_id, channel_id, external_id, direction, origin, kind, text, search, attachments, details,
      story, reply_to_external_id, sent_at, arrival, state, read_back
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(workspace_id uuid, id uuid, conversation_id uuid, channel_id uuid,
      external_id text, direction text, origin text, kind text, text text, search text, attachments jsonb, details jsonb, story jsonb,
      reply_to_external_id text, sent_at timestamptz, arrival bigint, state text, read_back boolean)`);
}
