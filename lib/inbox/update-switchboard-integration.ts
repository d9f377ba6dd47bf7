import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, write } from "./context";
import { lockSwitchboard } from "./lock-switchboard";
import { type SwitchboardIntegrationInput, settleSwitchboardIntegration } from "./settle-switchboard-integration";
import { integrationOf, type SwitchboardIntegration } from "./switchboard";

/** @throws AppError forbidden, not_found, invalid */
export async function updateSwitchboardIntegration(
  ctx: Ctx,
  input: { switchboardId: string; id: string } & SwitchboardIntegrationInput,
): Promise<SwitchboardIntegration> {
  return write(ctx, async (tx) => {
    const switchboard = await lockSwitchboard(tx, input);
    const known = integrationOf(switchboard, input.id);
    if (!known) throw new AppError("not_found", "There is no such switchboard integration.");
    const settled = await settleSwitchboardIntegration(tx, switchboard, known, input);
    const { workspaceId } = switchboard;
    await tx.db.execute(sql`
      update switchboard_integration set name = ${settled.name}, integration_id = ${settled.integrationId}, integration_type = ${settled.integrationType},
        deliver_standby_events = ${settled.deliverStandbyEvents}, next_id = ${settled.nextId}, message_history_count = ${settled.messageHistoryCount},
        bot = ${settled.bot}
      where workspace_id = ${workspaceId} and id = ${known.id}`);
    tx.record({ workspaceId, type: "switchboard.changed" });
    return { ...settled, id: known.id };
  });
}
