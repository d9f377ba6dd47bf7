import { sql } from "drizzle-orm";
import { type Ctx, write } from "./context";
import { lockSwitchboard } from "./lock-switchboard";

/** Its integrations' places end with it; they themselves stay, and hear everything again. @throws AppError forbidden, not_found */
export async function deleteSwitchboard(ctx: Ctx, input: { switchboardId: string }): Promise<void> {
  await write(ctx, async (tx) => {
    const { workspaceId } = await lockSwitchboard(tx, input);
    await tx.db.execute(sql`delete from switchboard where workspace_id = ${workspaceId}`);
    tx.record({ workspaceId, type: "switchboard.changed" });
  });
}
