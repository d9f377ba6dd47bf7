import { sql } from "drizzle-orm";
import { newId } from "../ids";
import { type Ctx, write } from "./context";
import { lockSwitchboard } from "./lock-switchboard";
import { readSwitchboard } from "./read-switchboard";
import { type SwitchboardIntegrationInput, settleSwitchboardIntegration } from "./settle-switchboard-integration";
import { integrationOf, type SwitchboardIntegration } from "./switchboard";

/** The specification's limit. */
const MOST = 10;

/**
 * Gives an integration, or the inbox, a place at the switchboard.
 * @returns null when there are ten @throws AppError forbidden, not_found, invalid
 */
export async function addSwitchboardIntegration(
  ctx: Ctx,
  input: { switchboardId: string } & SwitchboardIntegrationInput & { name: string },
): Promise<SwitchboardIntegration | null> {
  return write(ctx, async (tx) => {
    const switchboard = await lockSwitchboard(tx, input);
    if (switchboard.integrations.length >= MOST) return null;
    const { workspaceId } = switchboard;
    const id = newId();
    const settled = await settleSwitchboardIntegration(tx, switchboard, null, input);
    await tx.db.execute(sql`
      insert into switchboard_integration (workspace_id, id, name, integration_id, integration_type, deliver_standby_events, next_id,
        message_history_count, bot, created_at)
      values (${workspaceId}, ${id}, ${settled.name}, ${settled.integrationId}, ${settled.integrationType}, ${settled.deliverStandbyEvents},
        ${settled.nextId}, ${settled.messageHistoryCount}, ${settled.bot}, desk_now())`);
    tx.record({ workspaceId, type: "switchboard.changed" });
    const changed = await readSwitchboard(tx);
    return changed && integrationOf(changed, id);
  });
}
