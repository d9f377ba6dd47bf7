import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { enqueue } from "../queue/enqueue";
import { now } from "../time";
import { type Ctx, requireMember, write } from "./context";
import { refreshConversations } from "./refresh-conversations";
import { replyWindow } from "./reply-window";
import { selectMessages } from "./rows";
import type { MessageRow } from "./types";

/**
 * A person sends again what was not sent, or what stayed unconfirmed (they were told it may arrive twice).
 * It takes its place at the end. @throws AppError not_found, conflict, window_closed
 */
export async function retryMessage(ctx: Ctx, input: { messageId: string }): Promise<MessageRow> {
  const member = requireMember(ctx);
  return write(ctx, async (tx) => {
    const { rows } = isId(input.messageId)
      ? await tx.db.execute<{ conversationId: string; lastMessageAt: Date; lastCustomerAt: Date | null }>(sql`
          select c.id as "conversationId", c.last_message_at as "lastMessageAt", c.last_customer_at as "lastCustomerAt"
          from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
          where m.workspace_id = ${member.workspaceId} and m.id = ${input.messageId} and m.direction = 'out' for update of c`)
      : { rows: [] };
    const conversation = rows[0];
    if (!conversation) throw new AppError("not_found", "There is no such message.");
    if (replyWindow(conversation.lastCustomerAt?.getTime() ?? null, now()).state === "closed") {
      throw new AppError(
        "window_closed",
        "Instagram closed this conversation 7 days after the customer's last message. It opens again when they write.",
      );
    }
    const sentAt = new Date(Math.max(now(), conversation.lastMessageAt.getTime() + 1)).toISOString();
    const { rows: queued } = await tx.db.execute<{ id: string }>(sql`
      update message set state = 'queued', failure_code = null, failure_text = null, sent_at = ${sentAt}, absent_reads = 0, version = version + 1
      where workspace_id = ${member.workspaceId} and id = ${input.messageId} and state in ('failed', 'unconfirmed') and unsent_at is null
      returning id`);
    if (queued.length === 0) throw new AppError("conflict", "This message is already on its way.");
    await enqueue(tx.db, {
      queue: "send",
      key: conversation.conversationId,
      payload: { workspaceId: member.workspaceId, messageId: input.messageId },
    });
    tx.wake("jobs");
    await refreshConversations(tx.db, [{ workspaceId: member.workspaceId, id: conversation.conversationId }]);
    tx.record({
      workspaceId: member.workspaceId,
      type: "message.changed",
      conversationId: conversation.conversationId,
      messageId: input.messageId,
    });
    const [row] = await selectMessages(
      tx.db,
      sql`m.workspace_id = ${member.workspaceId} and m.id = ${input.messageId}`,
    );
    if (!row) throw new Error("A message that was just changed is missing.");
    return row;
  });
}
