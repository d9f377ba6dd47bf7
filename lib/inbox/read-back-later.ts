import { sql } from "drizzle-orm";
import type { WriteCtx } from "./context";
import { startBackFill } from "./start-back-fill";

/** Messages may be missed from now on, or have been: what Meta still gives of them is read as soon as the account works. */
export async function readBackLater(
  tx: WriteCtx,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
): Promise<void> {
  const { rows: running } = await tx.db.execute(sql`
    select id from back_fill where workspace_id = ${workspaceId} and channel_id = ${channelId} and state in ('listing', 'reading')`);
  if (running.length === 0) await startBackFill(tx, { workspaceId, channelId, reason: "reconnect" });
}
