import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireAdmin, write } from "./context";

/** Ends the reading of a channel's history; what has come stays. Nothing happens when none is under way. @throws AppError forbidden, not_found */
export async function cancelBackFill(ctx: Ctx, input: { channelId: string }): Promise<void> {
  const { workspaceId } = requireAdmin(ctx);
  await write(ctx, async (tx) => {
    const { rows } = isId(input.channelId)
      ? await tx.db.execute(sql`
          select id from channel where workspace_id = ${workspaceId} and id = ${input.channelId} for no key update`)
      : { rows: [] };
    if (rows.length === 0) throw new AppError("not_found", "There is no such channel.");
    const { rows: canceled } = await tx.db.execute<{ id: string }>(sql`
      update back_fill set state = 'canceled', finished_at = desk_now(), resumes_at = null, problem = null
      where workspace_id = ${workspaceId} and channel_id = ${input.channelId} and state in ('listing', 'reading') returning id`);
    if (canceled.length === 0) return;
    await tx.db.execute(sql`
      update meta_thread set back_fill_id = null where channel_id = ${input.channelId} and back_fill_id is not null`);
    tx.record({ workspaceId, type: "channel.changed", channelId: input.channelId });
  });
}
