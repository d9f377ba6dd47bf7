import { sql } from "drizzle-orm";
import type { StoredOutgoing } from "../db/tables/message";
import type { WriteCtx } from "./context";

/** What the desk holds of a thread. */
export type ThreadInDesk = {
  /** When messages that the desk has were sent, by Meta's id. */
  known: Map<string, Date>;
  /** Sends of which nobody knows yet whether they arrived. */
  inFlight: { text: string | null; outgoing: StoredOutgoing | null }[];
};

/** Locks the conversation, so that no send and no delivery changes it meanwhile, and reads what it holds. */
export async function lockThread(
  tx: WriteCtx,
  thread: { channelId: string; contactExternalId: string; externalIds: string[] },
): Promise<ThreadInDesk> {
  const { rows: conversations } = await tx.db.execute<{ id: string }>(sql`
    select c.id from conversation c join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    where p.channel_id = ${thread.channelId} and p.external_id = ${thread.contactExternalId} for update of c`);
  const conversationId = conversations[0]?.id;
  if (!conversationId) return { known: new Map(), inFlight: [] };
  const { rows: known } = await tx.db.execute<{ externalId: string; sentAt: Date }>(sql`
    select external_id as "externalId", sent_at as "sentAt" from message
    where channel_id = ${thread.channelId} and external_id = any(${sql.param(thread.externalIds)}::text[])`);
  const { rows: inFlight } = await tx.db.execute<ThreadInDesk["inFlight"][number]>(sql`
    select text, outgoing from message where conversation_id = ${conversationId} and state in ('dispatching', 'unconfirmed')`);
  return { known: new Map(known.map((row) => [row.externalId, row.sentAt])), inFlight };
}
