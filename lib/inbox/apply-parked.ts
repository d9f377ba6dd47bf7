import { sql } from "drizzle-orm";
import type { WriteCtx } from "./context";
import { markSeen } from "./mark-seen";
import { unsendMessages } from "./unsend-messages";

/** Applies what came before the messages it speaks of: an unsend or a seen mark of one of `messages`. */
export async function applyParked(tx: WriteCtx, messages: { channelId: string; externalId: string }[]): Promise<void> {
  const { rows } = await tx.db.execute<{
    workspaceId: string;
    channelId: string;
    externalId: string;
    kind: "unsend" | "seen";
    at: Date;
  }>(sql`
    delete from parked p
    using unnest(${sql.param(messages.map((message) => message.channelId))}::uuid[], ${sql.param(messages.map((message) => message.externalId))}::text[])
      as given(channel_id, external_id)
    where p.channel_id = given.channel_id and p.external_id = given.external_id
    returning p.workspace_id as "workspaceId", p.channel_id as "channelId", p.external_id as "externalId", p.kind, p.at`);
  await unsendMessages(
    tx,
    rows.filter((row) => row.kind === "unsend"),
  );
  await markSeen(
    tx,
    rows.filter((row) => row.kind === "seen"),
  );
}
