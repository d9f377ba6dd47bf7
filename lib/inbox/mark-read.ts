import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { enqueue } from "../queue/enqueue";
import { type Ctx, requireMember, write } from "./context";

/** Everything that arrived up to number `through` has been read; a message that arrives late is still unread. @throws AppError not_found */
export async function markRead(ctx: Ctx, input: { conversationId: string; through: number }): Promise<void> {
  const member = requireMember(ctx);
  if (!Number.isSafeInteger(input.through) || input.through < 0)
    throw new AppError("invalid", "A read mark is a whole number.");
  await write(ctx, async (tx) => {
    const { rows } = isId(input.conversationId)
      ? await tx.db.execute<{ readArrival: number; lastArrival: number; lastIncoming: number | null }>(sql`
          select c.read_arrival as "readArrival", c.last_arrival as "lastArrival", (
              select max(m.arrival) from message m
              where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.direction = 'in') as "lastIncoming"
          from conversation c where c.workspace_id = ${member.workspaceId} and c.id = ${input.conversationId} for update`)
      : { rows: [] };
    const current = rows[0];
    if (!current) throw new AppError("not_found", "There is no such conversation.");
    // Who has read the newest message has read the reactions too: a screen may not hold the old message reacted to.
    const through = input.through >= (current.lastIncoming ?? 0) ? current.lastArrival : input.through;
    if (through <= current.readArrival) return;
    await tx.db.execute(sql`
      update conversation c set read_arrival = ${through}, version = version + 1, unread = (
        select count(*) from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id
          and m.direction = 'in' and m.kind not in ('event', 'referral') and m.unsent_at is null and m.arrival > ${through}
      ) + (
        select count(*) from reaction r where r.conversation_id = c.id and r.emoji is not null and r.arrival > ${through})
      where c.workspace_id = ${member.workspaceId} and c.id = ${input.conversationId}`);
    tx.record({ workspaceId: member.workspaceId, type: "conversation.changed", conversationId: input.conversationId });
    if ((current.lastIncoming ?? 0) <= current.readArrival) return;
    // The customer may see that their message was seen.
    await enqueue(tx.db, {
      queue: "signal",
      key: `seen ${input.conversationId}`,
      payload: { type: "seen", workspaceId: member.workspaceId, conversationId: input.conversationId },
    });
    tx.wake("jobs");
  });
}
