import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, write } from "./context";
import { lockSwitchboard } from "./lock-switchboard";
import { integrationOf, type Switchboard } from "./switchboard";

/** Switches it on or off, or names who gets new conversations; what is left out stays. @throws AppError forbidden, not_found, invalid */
export async function updateSwitchboard(
  ctx: Ctx,
  input: { switchboardId: string; enabled?: boolean | undefined; defaultId?: string | undefined },
): Promise<Switchboard> {
  return write(ctx, async (tx) => {
    const known = await lockSwitchboard(tx, input);
    const { enabled = known.enabled, defaultId = known.defaultId } = input;
    if (input.defaultId !== undefined && !integrationOf(known, input.defaultId))
      throw new AppError("not_found", "There is no such switchboard integration.");
    if (enabled && !integrationOf(known, defaultId))
      throw new AppError(
        "invalid",
        "defaultSwitchboardIntegrationId: an enabled switchboard needs one. Name it first.",
      );
    const { workspaceId } = known;
    await tx.db.execute(sql`
      update switchboard set enabled = ${enabled}, default_id = ${defaultId} where workspace_id = ${workspaceId}`);
    tx.record({ workspaceId, type: "switchboard.changed" });
    return { ...known, enabled, defaultId };
  });
}
