import { sql } from "drizzle-orm";
import type { Ctx } from "./context";

/** Meta asks an account to rest: until then its sends wait, unfailed and in order; other accounts go on. */
export async function pauseChannel(
  ctx: Ctx,
  input: { workspaceId: string; channelId: string; ms: number },
): Promise<void> {
  await ctx.db.execute(sql`
    update channel set paused_until = greatest(paused_until, desk_now() + ${input.ms} * interval '1 millisecond')
    where workspace_id = ${input.workspaceId} and id = ${input.channelId}`);
}
