import { sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";

/** Longest preview that a row of the list can show. */
const PREVIEW_CHARACTERS = 160;

/** A conversation whose messages changed, and what new ones add to its counters; the moments only ever rise. */
export type ConversationChange = {
  workspaceId: string;
  id: string;
  added?: number;
  unread?: number;
  customerAt?: Date;
  replyAt?: Date;
};

/** Brings what the list shows of each conversation up to date with its messages and reactions; the caller holds their locks. */
export async function refreshConversations(db: Transaction, changes: ConversationChange[]): Promise<void> {
  if (changes.length === 0) return;
  const given = changes.map((change) => ({
    workspace_id: change.workspaceId,
    id: change.id,
    added: change.added ?? 0,
    unread: change.unread ?? 0,
    customer_at: change.customerAt,
    reply_at: change.replyAt,
  }));
  // One update, not two: each leaves a dead version of the row and of its index entries behind.
  await db.execute(sql`
    update conversation c set
      version = c.version + 1,
      last_arrival = c.last_arrival + s.added,
      unread = greatest(0, c.unread + s.unread),
      last_customer_at = greatest(c.last_customer_at, s.customer_at),
      last_reply_at = s.reply_at,
      last_message_at = coalesce(greatest(s.sent_at, s.reaction_at), c.last_message_at),
      preview_message_id = s.message_id,
      preview_text = s.text,
      preview_kind = s.kind,
      preview_direction = s.direction,
      preview_state = s.state,
      unanswered_since = s.unanswered_since
    from (
      select t.workspace_id, t.id, t.added, t.unread, t.customer_at, t.reply_at, t.reaction_at, latest.sent_at, latest.id as message_id,
        case when reacted.last then t.reaction_emoji else left(latest.text, ${PREVIEW_CHARACTERS}) end as text,
        case when reacted.last then 'reaction' when latest.unsent_at is null then latest.kind else 'unsent' end as kind,
        case when reacted.last then 'in' else latest.direction end as direction,
        case when reacted.last then 'received' else latest.state end as state,
        waiting.sent_at as unanswered_since
      from (
        select given.workspace_id, given.id, given.added, given.unread, given.customer_at,
          greatest(now.last_reply_at, given.reply_at) as reply_at, now.last_reaction_at as reaction_at,
          now.last_reaction_emoji as reaction_emoji
        from json_to_recordset(${JSON.stringify(given)}::json)
          as given(workspace_id uuid, id uuid, added bigint, unread int, customer_at timestamptz, reply_at timestamptz)
        join conversation now on now.workspace_id = given.workspace_id and now.id = given.id
      ) t
      left join lateral (
        select m.id, m.sent_at, m.text, m.kind, m.direction, m.state, m.unsent_at from message m
        where m.workspace_id = t.workspace_id and m.conversation_id = t.id
        order by m.sent_at desc, m.id desc limit 1) latest on true
      cross join lateral (select coalesce(t.reaction_at > latest.sent_at, t.reaction_at is not null) as last) reacted
      left join lateral (
        select m.sent_at from message m
        where m.workspace_id = t.workspace_id and m.conversation_id = t.id and m.direction = 'in' and m.unsent_at is null
          and m.kind not in ('event', 'referral') and m.sent_at > coalesce(t.reply_at, '-infinity')
        order by m.sent_at, m.id limit 1) waiting on true
    ) s
    where c.workspace_id = s.workspace_id and c.id = s.id`);
}
