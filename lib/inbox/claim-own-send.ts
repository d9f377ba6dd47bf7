import { type SQL, sql } from "drizzle-orm";
import type { StoredAttachment } from "../db/tables/message";
import { changeQuotes } from "./change-quotes";
import { sendHash } from "./content-hash";
import type { WriteCtx } from "./context";
import { keepClickOrder } from "./keep-click-order";
import type { ConversationRef } from "./open-conversations";
import type { IncomingMessage } from "./receive-messages";
import { recordDeliveryEvent } from "./record-delivery-event";

/** Instagram's clock and ours may differ by this much. */
const CLOCK_SLACK_SECONDS = 300;

/**
 * The echo of a send may come before its HTTP answer, or instead of it. The oldest unanswered send of equal
 * content in this conversation is that one; if our answer later names another id, record-dispatch parts the two.
 * What Instagram dates well before the dispatch was written elsewhere. @returns the id of the send, null when there is none
 */
export async function claimOwnSend(
  tx: WriteCtx,
  conversation: ConversationRef,
  item: IncomingMessage,
): Promise<string | null> {
  const hash = sendHash(item);
  if (!hash) return null;
  const { workspaceId, sentAt, externalId } = item;
  const { rows } = await tx.db.execute<{ id: string; before: Date }>(sql`
    update message m set external_id = ${externalId}, state = 'sent', sent_at = ${sentAt.toISOString()}, version = m.version + 1,
      attachments = ${asEchoed(item.attachments)}, failure_code = null, failure_text = null
    from (
      select id, sent_at from message
      where conversation_id = ${conversation.id} and state in ('dispatching', 'unconfirmed') and external_id is null
        and content_hash = ${sql.param(hash)}
        and dispatched_at <= ${sentAt.toISOString()}::timestamptz + make_interval(secs => ${CLOCK_SLACK_SECONDS})
      order by dispatched_at, id limit 1) was
    where m.workspace_id = ${workspaceId} and m.id = was.id
    returning m.id, was.sent_at as before`);
  const own = rows[0];
  if (!own) return null;
  const messageId = own.id;
  await keepClickOrder(tx, { workspaceId, conversationId: conversation.id, messageId, from: own.before, to: sentAt });
  await tx.db.execute(sql`
    update conversation set last_reply_at = greatest(last_reply_at, ${sentAt.toISOString()}::timestamptz)
    where workspace_id = ${workspaceId} and id = ${conversation.id}`);
  await recordDeliveryEvent(tx, { workspaceId, messageId, type: "channel", externalId });
  tx.record({ workspaceId, type: "message.changed", conversationId: conversation.id, messageId });
  await changeQuotes(tx, [item]);
  return messageId;
}

/**
 * The echo of a send that was answered already: our own message takes Meta's time, so that the thread reads in one
 * clock's order, and the addresses of its media. @returns whether anything changed
 */
export async function settleOwnSend(tx: WriteCtx, item: IncomingMessage, messageId: string): Promise<boolean> {
  const { workspaceId, sentAt } = item;
  const { rows } = await tx.db.execute<{ conversationId: string; before: Date }>(sql`
    update message m set sent_at = ${sentAt.toISOString()}, attachments = ${asEchoed(item.attachments)}, version = m.version + 1
    from (select sent_at from message where workspace_id = ${workspaceId} and id = ${messageId}) was
    where m.workspace_id = ${workspaceId} and m.id = ${messageId} and m.direction = 'out' and m.origin = 'desk' and m.unsent_at is null
      and (m.sent_at <> ${sentAt.toISOString()} or m.attachments is distinct from ${asEchoed(item.attachments)})
    returning m.conversation_id as "conversationId", was.sent_at as before`);
  const row = rows[0];
  if (!row) return false;
  const { conversationId } = row;
  await keepClickOrder(tx, { workspaceId, conversationId, messageId, from: row.before, to: sentAt });
  tx.record({ workspaceId, type: "message.changed", conversationId, messageId });
  return true;
}

/** The echo knows where the media are, we know how the files were called. */
function asEchoed(attachments: StoredAttachment[] | null): SQL {
  if (attachments === null) return sql`m.attachments`;
  return sql`(
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('title', m.attachments -> (n - 1)::int ->> 'title')) || echoed order by n)
    from jsonb_array_elements(${JSON.stringify(attachments)}::jsonb) with ordinality as each(echoed, n))`;
}
