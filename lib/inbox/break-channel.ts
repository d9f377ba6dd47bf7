import { sql } from "drizzle-orm";
import { type Ctx, write } from "./context";

/** The channel cannot answer any more until someone mends it; its queue is kept, what comes in is still shown. */
export async function breakChannel(
  ctx: Ctx,
  input: { workspaceId: string; channelId: string; problem: string },
): Promise<void> {
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute(sql`
      update channel set state = 'broken', problem = ${input.problem}, checked_at = desk_now()
      where workspace_id = ${input.workspaceId} and id = ${input.channelId} and state in ('connecting', 'healthy') returning id`);
    if (rows.length > 0)
      tx.record({ workspaceId: input.workspaceId, type: "channel.changed", channelId: input.channelId });
  });
}
