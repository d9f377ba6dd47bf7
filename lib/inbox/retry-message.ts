import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { enqueue } from "../queue/enqueue";
import { now } from "../time";
import { type Ctx, type Member, requireMember, type WriteCtx, write } from "./context";
import { refreshConversations } from "./refresh-conversations";
import { replyWindow } from "./reply-window";
import { selectMessages } from "./rows";
import type { MessageRow } from "./types";

/**
 * A person sends again what was not sent, or what stayed unconfirmed (they were told it may arrive twice); of a bubble
 * all such parts, in their order. It takes its place at the end. @throws AppError not_found, conflict, window_closed
 */
export async function retryMessage(ctx: Ctx, input: { messageId: string }): Promise<MessageRow> {
  const member = requireMember(ctx);
  return write(ctx, async (tx) => {
    const target = await lockTarget(tx, member, input.messageId);
    if (replyWindow(target.lastCustomerAt?.getTime() ?? null, now()).state === "closed") {
      throw new AppError(
        "window_closed",
        "Instagram closed this conversation 7 days after the customer's last message. It opens again when they write.",
      );
    }
    const { workspaceId } = member;
    const { conversationId, channelId } = target;
    const messageIds = await queueAgain(tx, member, target, input.messageId);
    await enqueue(
      tx.db,
      messageIds.map((messageId) => ({
        queue: "send",
        key: conversationId,
        payload: { workspaceId, messageId, channelId },
      })),
    );
    tx.wake("jobs");
    await refreshConversations(tx.db, [{ workspaceId, id: conversationId }]);
    for (const messageId of messageIds) tx.record({ workspaceId, type: "message.changed", conversationId, messageId });
    const [row] = await selectMessages(tx.db, sql`m.workspace_id = ${workspaceId} and m.id = ${input.messageId}`);
    if (!row) throw new Error("A message that was just changed is missing.");
    return row;
  });
}

type Target = {
  conversationId: string;
  channelId: string;
  bubbleId: string | null;
  lastMessageAt: Date;
  lastCustomerAt: Date | null;
};

async function lockTarget(tx: WriteCtx, member: Member, messageId: string): Promise<Target> {
  const { rows } = isId(messageId)
    ? await tx.db.execute<Target>(sql`
        select c.id as "conversationId", c.channel_id as "channelId", m.bubble_id as "bubbleId",
          c.last_message_at as "lastMessageAt", c.last_customer_at as "lastCustomerAt"
        from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
        where m.workspace_id = ${member.workspaceId} and m.id = ${messageId} and m.direction = 'out' and m.origin = 'desk' for update of c`)
    : { rows: [] };
  const target = rows[0];
  if (!target) throw new AppError("not_found", "There is no such message.");
  return target;
}

/** @returns the messages that go again, in their order */
async function queueAgain(tx: WriteCtx, member: Member, target: Target, messageId: string): Promise<string[]> {
  const sentAt = new Date(Math.max(now(), target.lastMessageAt.getTime() + 1)).toISOString();
  const { rows } = await tx.db.execute<{ id: string; part: number }>(sql`
    update message set state = 'queued', failure_code = null, failure_text = null, absent_reads = 0, retries = 0, version = version + 1,
      sent_at = ${sentAt}::timestamptz + part * interval '1 millisecond'
    where workspace_id = ${member.workspaceId} and conversation_id = ${target.conversationId}
      and (id = ${messageId} or bubble_id = ${target.bubbleId}) and state in ('failed', 'unconfirmed') and unsent_at is null
    returning id, part`);
  if (rows.length === 0) throw new AppError("conflict", "This message is already on its way.");
  return rows.sort((one, other) => one.part - other.part).map(({ id }) => id);
}
