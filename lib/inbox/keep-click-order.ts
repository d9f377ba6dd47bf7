import { sql } from "drizzle-orm";
import type { WriteCtx } from "./context";

type Moved = { workspaceId: string; conversationId: string; messageId: string; from: Date; to: Date };

/**
 * A reply stood at `from`, the moment of its click, and now stands at `to`, when it left or when Instagram says that it
 * did. Those that were clicked after it and still wait or are on their way stay behind it, in the order of their clicks.
 */
export async function keepClickOrder(tx: WriteCtx, moved: Moved): Promise<void> {
  const { workspaceId, conversationId, messageId, from, to } = moved;
  if (to <= from) return;
  const { rows } = await tx.db.execute<{ id: string }>(sql`
    update message m set sent_at = later.at, version = m.version + 1
    from (
      select id, greatest(sent_at, ${to.toISOString()}::timestamptz + row_number() over (order by sent_at, id) * interval '1 millisecond') as at
      from message
      where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and sent_at > ${from.toISOString()}
        and id <> ${messageId} and direction = 'out' and state in ('queued', 'dispatching')
    ) later
    where m.workspace_id = ${workspaceId} and m.id = later.id and m.sent_at <> later.at
    returning m.id`);
  for (const { id } of rows) tx.record({ workspaceId, type: "message.changed", conversationId, messageId: id });
}
