import { sql } from "drizzle-orm";
import { type Ctx, type WriteCtx, write } from "./context";

/** The customer has seen everything up to the message named. */
export type SeenMark = { workspaceId: string; channelId: string; externalId: string; at: Date };

/** Seen marks only ever rise; one for a message not known yet is parked. */
export async function markSeen(ctx: Ctx | WriteCtx, marks: SeenMark[]): Promise<void> {
  if (marks.length === 0) return;
  await write(ctx, async (tx) => {
    const { rows: found } = await tx.db.execute<{
      channelId: string;
      externalId: string;
      conversationId: string;
      sentAt: Date;
    }>(sql`
      select m.channel_id as "channelId", m.external_id as "externalId", m.conversation_id as "conversationId", m.sent_at as "sentAt"
      from message m
      join unnest(${sql.param(marks.map((mark) => mark.channelId))}::uuid[], ${sql.param(marks.map((mark) => mark.externalId))}::text[])
        as given(channel_id, external_id) on given.channel_id = m.channel_id and given.external_id = m.external_id`);
    const known = new Set(found.map((row) => `${row.channelId} ${row.externalId}`));
    const unknown = marks.filter((mark) => !known.has(`${mark.channelId} ${mark.externalId}`));
    if (unknown.length > 0) await park(tx, unknown);
    if (found.length === 0) return;
    const ids = [...new Set(found.map((row) => row.conversationId))].sort();
    await tx.db.execute(
      sql`select id from conversation where id = any(${sql.param(ids)}::uuid[]) order by id for update`,
    );
    const { rows: raised } = await tx.db.execute<{ workspaceId: string; id: string }>(sql`
      update conversation c set seen_through_at = greatest(c.seen_through_at, given.at), version = c.version + 1
      from (
        select conversation_id, max(at) as at
        from unnest(${sql.param(found.map((row) => row.conversationId))}::uuid[], ${sql.param(found.map((row) => row.sentAt.toISOString()))}::timestamptz[])
          as each(conversation_id, at) group by conversation_id
      ) given
      where c.id = given.conversation_id and (c.seen_through_at is null or c.seen_through_at < given.at)
      returning c.workspace_id as "workspaceId", c.id`);
    for (const row of raised)
      tx.record({ workspaceId: row.workspaceId, type: "conversation.changed", conversationId: row.id });
  });
}

async function park(tx: WriteCtx, marks: SeenMark[]): Promise<void> {
  await tx.db.execute(sql`
    insert into parked (workspace_id, channel_id, external_id, kind, at)
    select workspace_id, channel_id, external_id, 'seen', at
    from json_to_recordset(${JSON.stringify(
      marks.map((mark) => ({
        workspace_id: mark.workspaceId,
        channel_id: mark.channelId,
        external_id: mark.externalId,
        at: mark.at,
      })),
    )}::json) as row(workspace_id uuid, channel_id uuid, external_id text, at timestamptz)
    order by channel_id, external_id
    on conflict do nothing`);
}
