import { sql } from "drizzle-orm";
import type { WriteCtx } from "./context";
import { applyEdits } from "./edit-messages";
import { markSeen } from "./mark-seen";
import { unsendMessages } from "./unsend-messages";

/** Applies what came before the messages it speaks of: an edit, an unsend or a seen mark of one of `messages`. */
export async function applyParked(tx: WriteCtx, messages: { channelId: string; externalId: string }[]): Promise<void> {
  const { rows } = await tx.db.execute<{
    workspaceId: string;
    channelId: string;
    externalId: string;
    kind: "unsend" | "seen" | "edit";
    at: Date;
  }>(sql`
    with given as (
      select * from unnest(${sql.param(messages.map((message) => message.channelId))}::uuid[], ${sql.param(messages.map((message) => message.externalId))}::text[])
        as each(channel_id, external_id)
    ), came as (
      delete from parked p using given where p.channel_id = given.channel_id and p.external_id = given.external_id
      returning p.workspace_id, p.channel_id, p.external_id, p.kind, p.at
    )
    select workspace_id as "workspaceId", channel_id as "channelId", external_id as "externalId", kind, at from came
    union all
    select e.workspace_id, e.channel_id, e.external_id, 'edit', e.at
    from given join message_edit e on e.channel_id = given.channel_id and e.external_id = given.external_id`);
  if (rows.length === 0) return;
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  await applyEdits(tx, of("edit"));
  await unsendMessages(tx, of("unsend"));
  await markSeen(tx, of("seen"));
}
