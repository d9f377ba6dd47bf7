import { sql } from "drizzle-orm";
import type { WriteCtx } from "./context";

/** Whoever quotes a message shows its words: when those change or go, every message that quotes them has changed too. */
export async function changeQuotes(tx: WriteCtx, quoted: { workspaceId: string; messageId: string }[]): Promise<void> {
  if (quoted.length === 0) return;
  const { rows } = await tx.db.execute<{ workspaceId: string; conversationId: string; messageId: string }>(sql`
    update message m set version = m.version + 1
    from unnest(${sql.param(quoted.map((one) => one.workspaceId))}::uuid[], ${sql.param(quoted.map((one) => one.messageId))}::uuid[])
      as given(workspace_id, id)
    join message q on q.workspace_id = given.workspace_id and q.id = given.id
    where m.workspace_id = q.workspace_id and m.conversation_id = q.conversation_id and m.reply_to_external_id = q.external_id
    returning m.workspace_id as "workspaceId", m.conversation_id as "conversationId", m.id as "messageId"`);
  for (const row of rows) tx.record({ ...row, type: "message.changed" });
}
