import { sql } from "drizzle-orm";
import { changeQuotes } from "./change-quotes";
import { type Ctx, type WriteCtx, write } from "./context";
import { writeMessageWords } from "./index-words";
import { refreshConversations } from "./refresh-conversations";

/** A message's text after its edit of this number, counted from 1. */
export type Edit = {
  workspaceId: string;
  channelId: string;
  contactExternalId: string;
  externalId: string;
  number: number;
  text: string;
  at: Date;
};

type Key = { channelId: string; externalId: string };

/** Edits in any order, before their message too: the highest number is what the message says. What was unsent stays gone. */
export async function editMessages(ctx: Ctx | WriteCtx, edits: Edit[]): Promise<void> {
  if (edits.length === 0) return;
  await write(ctx, async (tx) => {
    const given = new Map(edits.map((edit) => [`${edit.channelId} ${edit.number} ${edit.externalId}`, edit]));
    const { rows } = await tx.db.execute<Key>(sql`
      insert into message_edit as e (workspace_id, channel_id, external_id, number, text, at, contact_external_id)
      select given.* from json_to_recordset(${JSON.stringify(
        [...given.values()].map((edit) => ({
          workspace_id: edit.workspaceId,
          channel_id: edit.channelId,
          external_id: edit.externalId,
          number: edit.number,
          text: edit.text,
          at: edit.at,
          contact_external_id: edit.contactExternalId,
        })),
      )}::json) as given(workspace_id uuid, channel_id uuid, external_id text, number int, text text, at timestamptz, contact_external_id text)
      where not exists (select from message m
          where m.channel_id = given.channel_id and m.external_id = given.external_id and m.unsent_at is not null)
        and not exists (select from parked p
          where p.channel_id = given.channel_id and p.external_id = given.external_id and p.kind = 'unsend')
      order by given.channel_id, given.external_id, given.number
      on conflict (channel_id, external_id, number) do update set text = excluded.text, at = excluded.at where excluded.at > e.at
      returning e.channel_id as "channelId", e.external_id as "externalId"`);
    await applyEdits(tx, rows);
  });
}

/**
 * Gives messages that are there the text of their last edit; what they said first is kept as number 0. What was read back
 * from Meta's thread is what a message says now, and perhaps not what it said first.
 */
export async function applyEdits(tx: WriteCtx, messages: Key[]): Promise<void> {
  if (messages.length === 0) return;
  const given = sql`(select distinct channel_id, external_id
    from unnest(${sql.param(messages.map((message) => message.channelId))}::uuid[], ${sql.param(messages.map((message) => message.externalId))}::text[])
      as each(channel_id, external_id)) given`;
  await tx.db.execute(sql`
    select c.id from conversation c where c.id in (
      select m.conversation_id from message m join ${given} on given.channel_id = m.channel_id and given.external_id = m.external_id)
    order by c.id for update`);
  await tx.db.execute(sql`
    insert into message_edit (workspace_id, channel_id, external_id, number, text, at)
    select m.workspace_id, m.channel_id, m.external_id, 0, m.text, m.sent_at
    from message m join ${given} on given.channel_id = m.channel_id and given.external_id = m.external_id
    where m.unsent_at is null and m.edited_at is null and m.text is not null
      and not (m.read_back and exists (
        select from message_edit e where e.channel_id = m.channel_id and e.external_id = m.external_id and e.text = m.text))
    on conflict do nothing`);
  const { rows } = await tx.db.execute<Key & { workspaceId: string; messageId: string; conversationId: string }>(sql`
    update message m set text = newest.text, edited_at = newest.at, version = m.version + 1
    from ${given} cross join lateral (
      select e.text, e.at, e.number from message_edit e where e.channel_id = given.channel_id and e.external_id = given.external_id
      order by e.number desc limit 1) newest
    where m.channel_id = given.channel_id and m.external_id = given.external_id and m.unsent_at is null and newest.number > 0
      and (m.text, m.edited_at) is distinct from (newest.text, newest.at)
    returning m.workspace_id as "workspaceId", m.id as "messageId", m.conversation_id as "conversationId",
      m.channel_id as "channelId", m.external_id as "externalId"`);
  await writeMessageWords(
    tx.db,
    sql`(workspace_id, id) in (select * from unnest(${sql.param(rows.map((row) => row.workspaceId))}::uuid[],
      ${sql.param(rows.map((row) => row.messageId))}::uuid[]))`,
  );
  const conversations = new Map(rows.map((row) => [row.conversationId, row.workspaceId]));
  await refreshConversations(
    tx.db,
    [...conversations].map(([id, workspaceId]) => ({ id, workspaceId })),
  );
  for (const { workspaceId, conversationId, messageId } of rows)
    tx.record({ workspaceId, type: "message.changed", conversationId, messageId });
  await changeQuotes(tx, rows);
}
