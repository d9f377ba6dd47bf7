import { sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";
import type { StoredAttachment, StoredDetails } from "../db/tables/conversation";
import { newId } from "../ids";
import { applyParked } from "./apply-parked";
import { changeQuotes } from "./change-quotes";
import { claimOwnSend, settleOwnSend } from "./claim-own-send";
import { type Ctx, type WriteCtx, write } from "./context";
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
        if (existing.withheld && !isWithheld(item) && (await fillWithheld(tx, item, existing.id, conversation.id)))
          changeOf(changes, item.workspaceId, conversation.id);
        if (item.origin === "instagram" && (await settleOwnSend(tx, item, existing.id)))
          changeOf(changes, item.workspaceId, conversation.id);
        continue;
      }
      const claimed = item.origin === "instagram" ? await claimOwnSend(tx, conversation, item) : null;
      if (claimed) {
        known.set(key, { id: claimed, withheld: false });
        changeOf(changes, item.workspaceId, conversation.id);
        continue;
      }
      fresh.set(key, { item, messageId: newId(), conversation });
    }
    const received = [...fresh.values()];
    for (const { item, conversation } of received) countIn(changeOf(changes, item.workspaceId, conversation.id), item);
    await insertMessages(tx.db, received);
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
        type: "message.received",
        conversationId: conversation.id,
        messageId,
      });
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

type Known = { id: string; withheld: boolean };

function isWithheld(item: IncomingMessage): boolean {
  return item.attachments?.[0]?.type === WITHHELD;
}

async function findKnown(db: Transaction, items: IncomingMessage[]): Promise<Map<string, Known>> {
  // Lateral: one probe of the index each, however small the planner believes the table to be.
  const { rows } = await db.execute<Known & { channelId: string; externalId: string }>(sql`
    select given.channel_id as "channelId", given.external_id as "externalId", m.id, m.withheld
    from unnest(${sql.param(items.map((item) => item.channelId))}::uuid[], ${sql.param(items.map((item) => item.externalId))}::text[])
      as given(channel_id, external_id)
    cross join lateral (
      select id, coalesce(attachments -> 0 ->> 'type' = ${WITHHELD}, false) as withheld from message
      where channel_id = given.channel_id and external_id = given.external_id limit 1) m`);
  return new Map(rows.map((row) => [messageKey(row), row]));
}

/** A message that was only named before is told now. */
async function fillWithheld(
  tx: WriteCtx,
  item: IncomingMessage,
  messageId: string,
  conversationId: string,
): Promise<boolean> {
  const { rows } = await tx.db.execute(sql`
    update message set kind = ${item.kind}, text = ${item.text}, attachments = ${json(item.attachments)}::jsonb,
      details = ${json(item.details)}::jsonb, story = ${json(item.story)}::jsonb, reply_to_external_id = ${item.replyToExternalId},
      search = ${messageWords(item)}, version = version + 1
    where workspace_id = ${item.workspaceId} and id = ${messageId} and unsent_at is null returning id`);
  if (rows.length === 0) return false;
  tx.record({ workspaceId: item.workspaceId, type: "message.changed", conversationId, messageId });
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
  change.added = (change.added ?? 0) + 1;
  if (item.origin === "customer") {
    if (item.kind !== "event" && item.kind !== "referral") change.unread = (change.unread ?? 0) + 1;
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
    const arrival = (arrivals.get(conversation.id) ?? conversation.lastArrival) + 1;
    arrivals.set(conversation.id, arrival);
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
    };
  });
  await db.execute(sql`
    insert into message (workspace_id, id, conversation_id, channel_id, external_id, direction, origin, kind, text, search, attachments, details,
      story, reply_to_external_id, sent_at, arrival, state)
    select workspace_id, id, conversation_id, channel_id, external_id, direction, origin, kind, text, search, attachments, details,
      story, reply_to_external_id, sent_at, arrival, state
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(workspace_id uuid, id uuid, conversation_id uuid, channel_id uuid,
      external_id text, direction text, origin text, kind text, text text, search text, attachments jsonb, details jsonb, story jsonb,
      reply_to_external_id text, sent_at timestamptz, arrival bigint, state text)`);
}
