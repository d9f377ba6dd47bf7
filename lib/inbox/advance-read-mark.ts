import { sql } from "drizzle-orm";
import { enqueue } from "../queue/enqueue";
import type { WriteCtx } from "./context";

type ReadMark = { readArrival: number; lastArrival: number; lastIncoming: number | null };

/**
 * Everything that arrived up to number `through` has been read: counts what is left, and lets the customer see that
 * their message was seen. A mark never goes back. Locks the conversation. @returns null when there is no such conversation
 */
export async function advanceReadMark(
  tx: WriteCtx,
  { workspaceId, conversationId, through }: { workspaceId: string; conversationId: string; through: number },
): Promise<{ advanced: boolean } | null> {
  const { rows } = await tx.db.execute<ReadMark>(sql`
    select c.read_arrival as "readArrival", c.last_arrival as "lastArrival", (
        select max(m.arrival) from message m
        where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.direction = 'in') as "lastIncoming"
    from conversation c where c.workspace_id = ${workspaceId} and c.id = ${conversationId} for update`);
  const mark = rows[0];
  if (!mark) return null;
  const lastIncoming = mark.lastIncoming ?? 0;
  // Who has read the newest message has read the reactions too: a screen may not hold the old message reacted to.
  const readArrival = through >= lastIncoming ? mark.lastArrival : through;
  if (readArrival <= mark.readArrival) return { advanced: false };
  await tx.db.execute(sql`
    update conversation c set read_arrival = ${readArrival}, version = version + 1, unread = (
      select count(*) from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id
        and m.direction = 'in' and m.kind not in ('event', 'referral') and m.unsent_at is null and m.arrival > ${readArrival}
    ) + (
      select count(*) from reaction r where r.conversation_id = c.id and r.emoji is not null and r.arrival > ${readArrival})
    where c.workspace_id = ${workspaceId} and c.id = ${conversationId}`);
  if (lastIncoming > mark.readArrival) {
    await enqueue(tx.db, {
      queue: "signal",
      key: `seen ${conversationId}`,
      payload: { type: "seen", workspaceId, conversationId },
    });
    tx.wake("jobs");
  }
  return { advanced: true };
}
