import { sql } from "drizzle-orm";
import { changeQuotes } from "./change-quotes";
import { type Ctx, type WriteCtx, write } from "./context";
import { recountReactions } from "./recount-reactions";
import { refreshConversations } from "./refresh-conversations";

/** The sender took the message back on Instagram. */
export type Unsend = { workspaceId: string; channelId: string; externalId: string; at: Date };

/** Unsent means gone: content, edits and reactions leave the row, the preview and what was set aside; only a tombstone stays. */
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
    // A file's name is the sender's words; the row stays for whatever else was sent with that file.
    await tx.db.execute(sql`
      update upload u set name = '' from ${given}
      join message m on m.channel_id = given.channel_id and m.external_id = given.external_id and m.unsent_at is null
      cross join lateral jsonb_array_elements_text(coalesce(m.outgoing -> 'uploadIds', '[]')) as sent(upload_id)
      where u.workspace_id = m.workspace_id and u.id = sent.upload_id::uuid`);
    const { rows: erased } = await tx.db.execute<{
      workspaceId: string;
      id: string;
      conversationId: string;
      bubbleId: string | null;
      channelId: string;
      externalId: string;
      wasUnread: boolean;
    }>(sql`
      update message m set text = null, attachments = null, details = null, outgoing = null, story = null, content_hash = null,
        api_content = null, metadata = null, failure_text = null, reply_to_external_id = null, edited_at = null, search = null, unsent_at = given.at, version = m.version + 1
      from ${given}, conversation c
      where m.channel_id = given.channel_id and m.external_id = given.external_id and m.unsent_at is null
        and c.workspace_id = m.workspace_id and c.id = m.conversation_id
      returning m.workspace_id as "workspaceId", m.id, m.conversation_id as "conversationId",
        m.bubble_id as "bubbleId",
        m.channel_id as "channelId", m.external_id as "externalId",
        (m.direction = 'in' and m.kind not in ('event', 'referral') and m.arrival > c.read_arrival) as "wasUnread"`);
    await forgetContent(tx, erased);
    await tx.db.execute(sql`
      delete from attachment a using message m where m.id = any(${sql.param(erased.map(({ bubbleId, id }) => bubbleId ?? id))}::uuid[])
        and a.workspace_id = m.workspace_id and a.message_id = m.id`);
    await tx.db.execute(sql`
      delete from message_edit e using ${given} where e.channel_id = given.channel_id and e.external_id = given.external_id`);
    const { rows: reactions } = await tx.db.execute<{ conversationId: string | null }>(sql`
      delete from reaction r using ${given} where r.channel_id = given.channel_id and r.external_id = given.external_id
      returning r.conversation_id as "conversationId"`);
    await tx.db.execute(sql`
      delete from set_aside s using ${given} where s.channel_id = given.channel_id and s.external_id = given.external_id`);
    // What came in such a state that nobody could say whose it is may still spell the message out.
    await tx.db.execute(sql`
      delete from set_aside s using ${given} join channel h on h.id = given.channel_id
      where s.facebook_app_id = h.facebook_app_id and s.account_id is null
        and position(convert_to(to_json(given.external_id)::text, 'UTF8') in s.raw) > 0`);
    await tx.db.execute(sql`
      insert into parked (workspace_id, channel_id, external_id, kind, at)
      select given.workspace_id, given.channel_id, given.external_id, 'unsend', given.at from ${given}
      where not exists (select 1 from message m where m.channel_id = given.channel_id and m.external_id = given.external_id)
      order by given.channel_id, given.external_id
      on conflict do nothing`);
    const recounted = await recountReactions(tx.db, [...new Set(reactions.flatMap((row) => row.conversationId ?? []))]);
    if (conversations.length === 0 && recounted.length === 0) return;
    const changes = new Map(recounted.map((row) => [row.id, { ...row, unread: 0 }]));
    for (const row of erased) {
      const change = changes.get(row.conversationId) ?? {
        workspaceId: row.workspaceId,
        id: row.conversationId,
        unread: 0,
      };
      changes.set(row.conversationId, change);
      if (row.wasUnread && !recounted.some((one) => one.id === row.conversationId)) change.unread -= 1;
    }
    await refreshConversations(tx.db, [...changes.values()]);
    for (const row of recounted)
      tx.record({ workspaceId: row.workspaceId, type: "conversation.changed", conversationId: row.id });
    for (const row of erased) {
      tx.record({
        workspaceId: row.workspaceId,
        type: "message.unsent",
        conversationId: row.conversationId,
        messageId: row.id,
      });
    }
    await changeQuotes(tx, erased);
  });
}

/** What the public API was given for several sends stands at the first of them, and says what all of them say. */
async function forgetContent(tx: WriteCtx, erased: { workspaceId: string; bubbleId: string | null }[]): Promise<void> {
  const bubbles = erased.flatMap(({ workspaceId, bubbleId }) =>
    bubbleId ? [{ workspace_id: workspaceId, id: bubbleId }] : [],
  );
  if (bubbles.length === 0) return;
  await tx.db.execute(sql`
    update message m set api_content = null, metadata = null
    from json_to_recordset(${JSON.stringify(bubbles)}::json) as bubble(workspace_id uuid, id uuid)
    where m.workspace_id = bubble.workspace_id and m.id = bubble.id`);
}
