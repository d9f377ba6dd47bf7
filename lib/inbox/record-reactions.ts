import { sql } from "drizzle-orm";
import { type Ctx, type WriteCtx, write } from "./context";
import { type ConversationRef, contactKey, openConversations, withoutErased } from "./open-conversations";
import { recountReactions } from "./recount-reactions";
import { refreshConversations } from "./refresh-conversations";

/** One side's reaction to a message, known or not yet. `emoji: null`: taken back. */
export type Reaction = {
  workspaceId: string;
  channelId: string;
  contactExternalId: string;
  externalId: string;
  by: "customer" | "business";
  emoji: string | null;
  at: Date;
  /** Nobody has to notice it any more. */
  history?: boolean;
};

/**
 * One reaction a side and message, the latest by Meta's time stands, whatever comes first. A customer's reaction
 * may be the only answer: it is unread and moves the conversation up, but opens no reply window.
 */
export async function recordReactions(ctx: Ctx | WriteCtx, reactions: Reaction[]): Promise<void> {
  if (reactions.length === 0) return;
  await write(ctx, async (tx) => {
    const latest = latestOfEach(reactions).map((reaction) => ({ ...reaction, sentAt: reaction.at }));
    await lockConversations(tx, latest);
    const standing = latest.filter((reaction) => reaction.emoji !== null);
    const conversations = await openConversations(tx.db, standing);
    const kept = new Set(withoutErased(standing, conversations));
    const given = latest.filter((reaction) => reaction.emoji === null || kept.has(reaction));
    if (given.length === 0) return;
    const { rows, added } = numbered(given, conversations);
    const changed = await upsert(tx, rows);
    if (changed.length === 0) return;
    const messages = await redraw(tx, changed);
    const ids = [...new Set([...changed, ...messages].flatMap((row) => row.conversationId ?? []))].sort();
    const counted = await recountReactions(tx.db, ids);
    await refreshConversations(
      tx.db,
      counted.map((row) => ({ ...row, added: added.get(row.id) ?? 0 })),
    );
    for (const row of counted)
      tx.record({ workspaceId: row.workspaceId, type: "conversation.changed", conversationId: row.id });
    for (const row of messages) tx.record({ ...row, type: "message.changed" });
  });
}

/** Before anything of theirs is touched, as everyone does. */
async function lockConversations(tx: WriteCtx, given: Reaction[]): Promise<void> {
  await tx.db.execute(sql`
    select c.id from conversation c where c.id in (
      select m.conversation_id
      from unnest(${sql.param(given.map((one) => one.channelId))}::uuid[], ${sql.param(given.map((one) => one.externalId))}::text[])
        as given(channel_id, external_id)
      join message m on m.channel_id = given.channel_id and m.external_id = given.external_id)
    order by c.id for update`);
}

function latestOfEach(reactions: Reaction[]): Reaction[] {
  const latest = new Map<string, Reaction>();
  for (const reaction of reactions) {
    const key = `${reaction.channelId} ${reaction.by} ${reaction.externalId}`;
    const other = latest.get(key);
    if (!other || isLater(reaction, other)) latest.set(key, reaction);
  }
  return [...latest.values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
}

/** Of two at the same moment one is chosen that does not depend on which came first. */
function isLater(one: Reaction, other: Reaction): boolean {
  const difference = one.at.getTime() - other.at.getTime();
  return difference > 0 || (difference === 0 && (one.emoji ?? "") > (other.emoji ?? ""));
}

type Row = Record<string, unknown>;

/** A customer's reaction takes its number among what arrived in the conversation, as messages do. */
function numbered(given: Reaction[], conversations: Map<string, ConversationRef>) {
  const added = new Map<string, number>();
  const rows = given.map((reaction): Row => {
    const row = {
      workspace_id: reaction.workspaceId,
      channel_id: reaction.channelId,
      external_id: reaction.externalId,
      by: reaction.by,
      emoji: reaction.emoji,
      at: reaction.at,
    };
    const conversation = conversations.get(contactKey(reaction));
    if (!conversation || reaction.by === "business" || reaction.emoji === null) return row;
    if (reaction.history) return { ...row, conversation_id: conversation.id, arrival: 0 };
    const count = (added.get(conversation.id) ?? 0) + 1;
    added.set(conversation.id, count);
    return { ...row, conversation_id: conversation.id, arrival: conversation.lastArrival + count };
  });
  return { rows, added };
}

async function upsert(tx: WriteCtx, rows: Row[]) {
  const { rows: changed } = await tx.db.execute<{
    channelId: string;
    externalId: string;
    conversationId: string | null;
  }>(sql`
    insert into reaction as r (workspace_id, channel_id, external_id, by, emoji, at, conversation_id, arrival)
    select given.* from json_to_recordset(${JSON.stringify(rows)}::json) as given(workspace_id uuid, channel_id uuid, external_id text,
      by text, emoji text, at timestamptz, conversation_id uuid, arrival bigint)
    where not exists (select from message m
        where m.channel_id = given.channel_id and m.external_id = given.external_id and m.unsent_at is not null)
      and not exists (select from parked p
        where p.channel_id = given.channel_id and p.external_id = given.external_id and p.kind = 'unsend')
    on conflict (channel_id, external_id, by) do update set emoji = excluded.emoji, at = excluded.at, arrival = excluded.arrival,
      conversation_id = coalesce(excluded.conversation_id, r.conversation_id)
    where excluded.at > r.at or (excluded.at = r.at and coalesce(excluded.emoji, '') > coalesce(r.emoji, '') collate "C")
    returning r.channel_id as "channelId", r.external_id as "externalId", r.conversation_id as "conversationId"`);
  return changed;
}

async function redraw(tx: WriteCtx, changed: { channelId: string; externalId: string }[]) {
  const { rows } = await tx.db.execute<{ workspaceId: string; messageId: string; conversationId: string }>(sql`
    update message m set version = m.version + 1
    from (select distinct channel_id, external_id
      from unnest(${sql.param(changed.map((row) => row.channelId))}::uuid[], ${sql.param(changed.map((row) => row.externalId))}::text[])
        as each(channel_id, external_id)) given
    where m.channel_id = given.channel_id and m.external_id = given.external_id
    returning m.workspace_id as "workspaceId", m.id as "messageId", m.conversation_id as "conversationId"`);
  return rows;
}
