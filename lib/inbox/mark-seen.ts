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
    const seenAt = new Map(marks.map((mark) => [`${mark.channelId} ${mark.externalId}`, mark.at.toISOString()]));
    const { rows: raised } = await tx.db.execute<Raised>(sql`
      update conversation c set seen_through_at = given.at, version = c.version + 1
      from (
        select now.id, now.seen_through_at as before, max(each.at) as at, max(each.seen_at) as seen_at
        from unnest(${sql.param(found.map((row) => row.conversationId))}::uuid[], ${sql.param(found.map((row) => row.sentAt.toISOString()))}::timestamptz[],
            ${sql.param(found.map((row) => seenAt.get(`${row.channelId} ${row.externalId}`)))}::timestamptz[])
          as each(conversation_id, at, seen_at)
        join conversation now on now.id = each.conversation_id group by now.id, now.seen_through_at
      ) given
      where c.id = given.id and (c.seen_through_at is null or c.seen_through_at < given.at)
      returning c.workspace_id as "workspaceId", c.id, given.before, given.at as through, given.seen_at as "seenAt"`);
    await noteSeen(tx, raised);
    for (const { workspaceId, id: conversationId } of raised) {
      tx.record({ workspaceId, type: "conversation.changed", conversationId });
      tx.record({ workspaceId, type: "conversation.seen", conversationId });
    }
  });
}

type Raised = { workspaceId: string; id: string; before: Date | null; through: Date; seenAt: Date };

/** Own messages that the new mark passes for the first time; a day before the old one, for what was confirmed late. */
async function noteSeen(tx: WriteCtx, raised: Raised[]): Promise<void> {
  if (raised.length === 0) return;
  const { rows } = await tx.db.execute<{ workspaceId: string; messageId: string }>(sql`
    insert into delivery_event (workspace_id, message_id, type, external_id, at)
    select m.workspace_id, m.id, 'user', m.external_id, given.seen_at
    from json_to_recordset(${JSON.stringify(
      raised.map((row) => ({
        workspace_id: row.workspaceId,
        id: row.id,
        before: row.before,
        through: row.through,
        seen_at: row.seenAt,
      })),
    )}::json) as given(workspace_id uuid, id uuid, before timestamptz, through timestamptz, seen_at timestamptz)
    join message m on m.workspace_id = given.workspace_id and m.conversation_id = given.id and m.sent_at <= given.through
      and m.sent_at > coalesce(given.before - interval '1 day', '-infinity')
    where m.direction = 'out' and m.origin = 'desk' and m.state = 'sent' and m.external_id is not null
    on conflict do nothing returning workspace_id as "workspaceId", message_id as "messageId"`);
  for (const { workspaceId, messageId } of rows) tx.record({ workspaceId, type: "delivery.user", messageId });
}

/** The customer has seen everything up to a moment. */
export type SeenUntil = { workspaceId: string; channelId: string; contactExternalId: string; until: Date; at: Date };

/** A mark that names a moment stands for the last own message until then; where there is none it says nothing. */
export async function markSeenUntil(tx: WriteCtx, marks: SeenUntil[]): Promise<void> {
  if (marks.length === 0) return;
  const { rows } = await tx.db.execute<SeenMark>(sql`
    select m.workspace_id as "workspaceId", m.channel_id as "channelId", m.external_id as "externalId", given.at
    from unnest(${sql.param(marks.map((mark) => mark.channelId))}::uuid[], ${sql.param(marks.map((mark) => mark.contactExternalId))}::text[],
        ${sql.param(marks.map((mark) => mark.until.toISOString()))}::timestamptz[], ${sql.param(marks.map((mark) => mark.at.toISOString()))}::timestamptz[])
      as given(channel_id, external_id, until, at)
    join contact p on p.channel_id = given.channel_id and p.external_id = given.external_id
    join conversation c on c.workspace_id = p.workspace_id and c.contact_id = p.id
    cross join lateral (
      select m.workspace_id, m.channel_id, m.external_id from message m
      where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.direction = 'out' and m.external_id is not null
        and m.sent_at <= given.until
      order by m.sent_at desc, m.id desc limit 1) m`);
  await markSeen(tx, rows);
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
