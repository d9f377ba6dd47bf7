import { sql } from "drizzle-orm";
import type { WriteCtx } from "./context";

/**
 * Whoever quotes a message shows its words: when it comes after its answer, when its words change or go, every message
 * that quotes it has changed too.
 */
export async function changeQuotes(tx: WriteCtx, quoted: { channelId: string; externalId: string }[]): Promise<void> {
  if (quoted.length === 0) return;
  // Lateral: one probe of the index each, however small the planner believes the table to be.
  const { rows } = await tx.db.execute<{ workspaceId: string; conversationId: string; messageId: string }>(sql`
    with quoting as (
      select distinct m.workspace_id, m.id
      from unnest(${sql.param(quoted.map((one) => one.channelId))}::uuid[], ${sql.param(quoted.map((one) => one.externalId))}::text[])
        as given(channel_id, external_id)
      cross join lateral (
        select workspace_id, id from message
        where channel_id = given.channel_id and reply_to_external_id = given.external_id) m
    )
    update message m set version = m.version + 1 from quoting
    where m.workspace_id = quoting.workspace_id and m.id = quoting.id
    returning m.workspace_id as "workspaceId", m.conversation_id as "conversationId", m.id as "messageId"`);
  for (const row of rows) tx.record({ ...row, type: "message.changed" });
}
