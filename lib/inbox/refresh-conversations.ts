import { sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";

/** Longest preview that a row of the list can show. */
const PREVIEW_CHARACTERS = 160;

/** Recomputes what the list shows of each conversation from its messages; the caller holds their locks. */
export async function refreshConversations(db: Transaction, conversationIds: string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  await db.execute(sql`
    update conversation c set
      version = c.version + 1,
      last_message_at = coalesce(s.sent_at, c.last_message_at),
      preview_message_id = s.message_id,
      preview_text = s.text,
      preview_kind = s.kind,
      preview_direction = s.direction,
      preview_state = s.state,
      unanswered_since = s.unanswered_since
    from (
      select t.workspace_id, t.id, latest.sent_at, latest.id as message_id, left(latest.text, ${PREVIEW_CHARACTERS}) as text,
        case when latest.unsent_at is null then latest.kind else 'unsent' end as kind, latest.direction, latest.state,
        waiting.sent_at as unanswered_since
      from conversation t
      left join lateral (
        select m.id, m.sent_at, m.text, m.kind, m.direction, m.state, m.unsent_at from message m
        where m.workspace_id = t.workspace_id and m.conversation_id = t.id
        order by m.sent_at desc, m.id desc limit 1) latest on true
      left join lateral (
        select m.sent_at from message m
        where m.workspace_id = t.workspace_id and m.conversation_id = t.id and m.direction = 'in' and m.unsent_at is null
          and m.kind <> 'event' and m.sent_at > coalesce(t.last_reply_at, '-infinity')
        order by m.sent_at, m.id limit 1) waiting on true
      where t.id = any(${sql.param(conversationIds)}::uuid[])
    ) s
    where c.workspace_id = s.workspace_id and c.id = s.id`);
}
