import { sql } from "drizzle-orm";
import { type Ctx, type WriteCtx, write } from "./context";
import { type ConversationChange, refreshConversations } from "./refresh-conversations";

/** The sender took the message back on Instagram. */
export type Unsend = { workspaceId: string; channelId: string; externalId: string; at: Date };

/** Unsent means gone: content leaves the row, the preview and whatever was set aside; only a tombstone stays. */
export async function unsendMessages(ctx: Ctx | WriteCtx, unsends: Unsend[]): Promise<void> {
  if (unsends.length === 0) return;
  await write(ctx, async (tx) => {
    const given = sql`json_to_recordset(${JSON.stringify(
      unsends.map((unsend) => ({
        workspace_id: unsend.workspaceId,
        channel_id: unsend.channelId,
        external_id: unsend.externalId,
        at: unsend.at,
      })),
    )}::json) as given(workspace_id uuid, channel_id uuid, external_id text, at timestamptz)`;
    const { rows: conversations } = await tx.db.execute<{ id: string }>(sql`
      select c.id from conversation c where c.id in (
        select m.conversation_id from message m join ${given} on given.channel_id = m.channel_id and given.external_id = m.external_id)
      order by c.id for update`);
    const { rows: erased } = await tx.db.execute<{
      workspaceId: string;
      id: string;
      conversationId: string;
      wasUnread: boolean;
    }>(sql`
      update message m set text = null, attachments = null, story = null, content_hash = null, failure_text = null,
        unsent_at = given.at, version = m.version + 1
      from ${given}, conversation c
      where m.channel_id = given.channel_id and m.external_id = given.external_id and m.unsent_at is null
        and c.workspace_id = m.workspace_id and c.id = m.conversation_id
      returning m.workspace_id as "workspaceId", m.id, m.conversation_id as "conversationId",
        (m.direction = 'in' and m.kind <> 'event' and m.arrival > c.read_arrival) as "wasUnread"`);
    await tx.db.execute(sql`
      delete from set_aside s using ${given} where s.channel_id = given.channel_id and s.external_id = given.external_id`);
    await tx.db.execute(sql`
      insert into parked (workspace_id, channel_id, external_id, kind, at)
      select given.workspace_id, given.channel_id, given.external_id, 'unsend', given.at from ${given}
      where not exists (select 1 from message m where m.channel_id = given.channel_id and m.external_id = given.external_id)
      order by given.channel_id, given.external_id
      on conflict do nothing`);
    if (conversations.length === 0) return;
    const changes = new Map<string, ConversationChange & { unread: number }>();
    for (const row of erased) {
      const change = changes.get(row.conversationId) ?? {
        workspaceId: row.workspaceId,
        id: row.conversationId,
        unread: 0,
      };
      changes.set(row.conversationId, change);
      if (row.wasUnread) change.unread -= 1;
    }
    await refreshConversations(tx.db, [...changes.values()]);
    for (const row of erased) {
      tx.record({
        workspaceId: row.workspaceId,
        type: "message.unsent",
        conversationId: row.conversationId,
        messageId: row.id,
      });
    }
  });
}
