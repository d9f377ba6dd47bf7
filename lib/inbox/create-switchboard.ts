import { sql } from "drizzle-orm";
import { newId } from "../ids";
import { type Ctx, requireManager, write } from "./context";
import { readSwitchboard } from "./read-switchboard";
import type { Switchboard } from "./switchboard";

/** A switchboard, switched off until somebody is there to answer. @returns null when there is one already */
export async function createSwitchboard(ctx: Ctx): Promise<Switchboard | null> {
  const { workspaceId } = requireManager(ctx);
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute(sql`
      insert into switchboard (workspace_id, id, enabled, created_at) values (${workspaceId}, ${newId()}, false, desk_now())
      on conflict (workspace_id) do nothing returning id`);
    return rows.length === 0 ? null : readSwitchboard(tx);
  });
}
