import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { dropJobs } from "../queue/drop-jobs";
import { now } from "../time";
import { type Ctx, requireInside, type WriteCtx, write } from "./context";
import { refreshConversations } from "./refresh-conversations";
import { unsendMessages } from "./unsend-messages";

type Doomed = { id: string; channelId: string; externalId: string | null; leaving: boolean };

/**
 * Takes one message, or all, out of the desk. Instagram keeps them: what has an id there leaves an empty place, by which
 * it is known when Instagram tells it again; what has not left yet is not sent.
 * @returns how many were there @throws AppError conflict
 */
export async function deleteMessages(ctx: Ctx, input: { conversationId: string; messageId?: string }): Promise<number> {
  const { workspaceId } = requireInside(ctx);
  const { conversationId, messageId } = input;
  if (!isId(conversationId) || (messageId !== undefined && !isId(messageId))) return 0;
  return write(ctx, async (tx) => {
    await tx.db.execute(sql`
      select id from conversation where workspace_id = ${workspaceId} and id = ${conversationId} for update`);
    const { rows } = await tx.db.execute<Doomed>(sql`
      select id, channel_id as "channelId", external_id as "externalId", (state = 'dispatching' and dispatch_deadline > desk_now()) as leaving
      from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId}
        and (${messageId ?? null}::uuid is null or id = ${messageId ?? null}::uuid or bubble_id = ${messageId ?? null}::uuid)`);
    if (rows.some(({ leaving }) => leaving))
      throw new AppError("conflict", "A message is leaving for Instagram at this moment. Try again in a minute.");
    const at = new Date(now());
    const known = rows.flatMap(({ channelId, externalId }) =>
      externalId === null ? [] : [{ workspaceId, channelId, externalId, at }],
    );
    await unsendMessages(tx, known);
    await removeUnsent(tx, { workspaceId, conversationId }, rows);
    return rows.length;
  });
}

/** What Instagram never had needs no place. */
async function removeUnsent(
  tx: WriteCtx,
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
  rows: Doomed[],
): Promise<void> {
  const ids = rows.flatMap(({ id, externalId }) => (externalId === null ? [id] : []));
  if (ids.length === 0) return;
  await dropJobs(
    tx.db,
    sql`payload ->> 'workspaceId' = ${workspaceId} and payload ->> 'messageId' = any(${sql.param(ids)}::text[])`,
  );
  await tx.db.execute(sql`
    delete from message where workspace_id = ${workspaceId} and id = any(${sql.param(ids)}::uuid[])`);
  await refreshConversations(tx.db, [{ workspaceId, id: conversationId }]);
  tx.record({ workspaceId, type: "conversation.changed", conversationId });
  for (const messageId of ids) tx.record({ workspaceId, type: "message.unsent", conversationId, messageId });
  tx.wake("jobs");
}
