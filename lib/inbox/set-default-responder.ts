import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, requireManager, write } from "./context";
import { readSwitchboard } from "./read-switchboard";
import { integrationOf } from "./switchboard";

/** Who gets a channel's new conversations; null: the switchboard's default. @throws AppError forbidden, not_found, invalid */
export async function setDefaultResponder(
  ctx: Ctx,
  input: { channelId: string; responderId: string | null },
): Promise<void> {
  const { workspaceId } = requireManager(ctx);
  await write(ctx, async (tx) => {
    const { channelId, responderId } = input;
    const switchboard = await readSwitchboard(tx);
    if (responderId !== null && !(switchboard && integrationOf(switchboard, responderId)))
      throw new AppError("invalid", "defaultResponderId: there is no such switchboard integration.");
    const { rows } = await tx.db.execute(sql`
      update channel set default_responder_id = ${responderId} where workspace_id = ${workspaceId} and id = ${channelId} returning id`);
    if (rows.length === 0) throw new AppError("not_found", "There is no such channel.");
    tx.record({ workspaceId, type: "switchboard.changed" });
  });
}
