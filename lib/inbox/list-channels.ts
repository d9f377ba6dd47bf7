import { sql } from "drizzle-orm";
import { type Ctx, requireMember } from "./context";
import { currentSequence, selectChannels } from "./rows";
import type { ChannelRow } from "./types";

/** Every account of the workspace, also those that are not connected any more; `sequence` was read before the rows. What is being erased is left out. */
export async function listChannels(ctx: Ctx): Promise<{ sequence: number; channels: ChannelRow[] }> {
  const { workspaceId } = requireMember(ctx);
  const sequence = await currentSequence(ctx.db, workspaceId);
  const channels = await selectChannels(
    ctx.db,
    sql`h.workspace_id = ${workspaceId}
      and not exists (select from job j where j.queue = 'erase' and j.key = h.id::text) order by h.username, h.created_at`,
  );
  return { sequence, channels };
}
