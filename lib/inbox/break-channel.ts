import { sql } from "drizzle-orm";
import { type Ctx, write } from "./context";
import { startBackFill } from "./start-back-fill";

/**
 * The channel cannot answer any more until someone mends it; its queue is kept, what comes in is still shown. What it may
 * miss meanwhile is read back as soon as it works again, however that comes about.
 */
export async function breakChannel(
  ctx: Ctx,
  input: { workspaceId: string; channelId: string; problem: string },
): Promise<void> {
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute(sql`
      update channel set state = 'broken', problem = ${input.problem}, checked_at = desk_now()
      where workspace_id = ${input.workspaceId} and id = ${input.channelId} and state in ('connecting', 'healthy') returning id`);
    if (rows.length === 0) return;
    tx.record({ workspaceId: input.workspaceId, type: "channel.changed", channelId: input.channelId });
    const { rows: running } = await tx.db.execute(sql`
      select id from back_fill where channel_id = ${input.channelId} and state in ('listing', 'reading')`);
    if (running.length === 0) await startBackFill(tx, { ...input, reason: "reconnect" });
  });
}
