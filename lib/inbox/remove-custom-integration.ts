import { sql } from "drizzle-orm";
import { type Ctx, requireInside, write } from "./context";
import { lockSwitchboard } from "./lock-switchboard";
import { readSwitchboard } from "./read-switchboard";
import { requireUnneeded } from "./remove-switchboard-integration";

/** Its webhooks, keys and place at the switchboard end with it. @returns whether there was one @throws AppError invalid for one that the switchboard needs */
export async function removeCustomIntegration(ctx: Ctx, input: { id: string }): Promise<boolean> {
  const { workspaceId } = requireInside(ctx);
  return write(ctx, async (tx) => {
    const switchboard = await readSwitchboard(tx);
    const place = switchboard?.integrations.find(({ integrationId }) => integrationId === input.id);
    if (switchboard && place) {
      requireUnneeded(await lockSwitchboard(tx, { switchboardId: switchboard.id }), place.id);
      tx.record({ workspaceId, type: "switchboard.changed" });
    }
    const { rows } = await tx.db.execute(sql`
      delete from custom_integration where workspace_id = ${workspaceId} and id = ${input.id} returning id`);
    if (rows.length === 0) return false;
    await tx.db.execute(sql`delete from webhook where workspace_id = ${workspaceId} and integration_id = ${input.id}`);
    return true;
  });
}
