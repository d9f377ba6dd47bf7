import { sql } from "drizzle-orm";
import { isId } from "../ids";
import { requireAdmin, type WriteCtx } from "./context";
import { visibleTo } from "./list-set-aside";
import { WITHHELD } from "./receive-messages";
import { refreshConversations } from "./refresh-conversations";

export type TakenItem = {
  id: string;
  channelId: string | null;
  externalId: string | null;
  facebookAppId: string;
  accountId: string | null;
  raw: Buffer;
  createdAt: Date;
};

/** One by its id, or up to `limit` of one reason that were set aside before a moment. */
export type TakeInput = { id: string } | { reason: string; before: Date; limit: number };

/** Takes items out of what was set aside; whoever takes them reads them anew. @throws AppError forbidden */
export async function takeSetAside(tx: WriteCtx, input: TakeInput): Promise<TakenItem[]> {
  const own = tx.actor.type === "system" ? sql`true` : visibleTo(requireAdmin(tx));
  if ("id" in input && !isId(input.id)) return [];
  const which =
    "id" in input
      ? sql`s.id = ${input.id}`
      : sql`s.reason = ${input.reason} and s.created_at <= ${input.before.toISOString()}`;
  const { rows } = await tx.db.execute<TakenItem>(sql`
    delete from set_aside where id in (
      select s.id from set_aside s where ${own} and ${which} order by s.created_at, s.id
      limit ${"id" in input ? 1 : input.limit} for update skip locked)
    returning id, channel_id as "channelId", external_id as "externalId", facebook_app_id as "facebookAppId",
      account_id as "accountId", raw, created_at as "createdAt"`);
  return rows.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
}

type Stand = { channelId: string; externalId: string };

/**
 * Makes room in the threads for items that are read anew: the quiet line that stood for an event goes, and a message
 * that could not be shown is one that may still be told.
 */
export async function clearStandIns(tx: WriteCtx, events: Stand[], messages: Stand[]): Promise<void> {
  const given = (stands: Stand[]) => sql`unnest(${sql.param(stands.map((one) => one.channelId))}::uuid[],
    ${sql.param(stands.map((one) => one.externalId))}::text[]) as given(channel_id, external_id)`;
  const { rows: changed } = await tx.db.execute<{ workspaceId: string; messageId: string; conversationId: string }>(sql`
    with gone as (
      delete from message m using ${given(events)}
      where m.channel_id = given.channel_id and m.external_id = given.external_id and m.kind = 'event'
      returning m.workspace_id, m.id, m.conversation_id
    ), opened as (
      update message m set attachments = ${JSON.stringify([{ type: WITHHELD }])}::jsonb, version = m.version + 1
      from ${given(messages)}
      where m.channel_id = given.channel_id and m.external_id = given.external_id and m.origin <> 'desk' and m.unsent_at is null
        and m.kind <> 'event' and m.edited_at is null
      returning m.workspace_id, m.id, m.conversation_id
    )
    select workspace_id as "workspaceId", id as "messageId", conversation_id as "conversationId"
    from (select * from gone union all select * from opened) as changed`);
  const conversations = new Map(changed.map((row) => [row.conversationId, row.workspaceId]));
  const ids = [...conversations.keys()].sort();
  if (ids.length === 0) return;
  await tx.db.execute(
    sql`select id from conversation where id = any(${sql.param(ids)}::uuid[]) order by id for update`,
  );
  await refreshConversations(
    tx.db,
    [...conversations].map(([id, workspaceId]) => ({ id, workspaceId })),
  );
  for (const row of changed) tx.record({ ...row, type: "message.changed" });
}
