import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, write } from "./context";
import { lockSwitchboard } from "./lock-switchboard";
import { integrationOf, type Switchboard } from "./switchboard";

/** What it holds goes to the default one. @throws AppError forbidden, not_found, invalid for the default one and one that another hands on to */
export async function removeSwitchboardIntegration(
  ctx: Ctx,
  input: { switchboardId: string; id: string },
): Promise<void> {
  await write(ctx, async (tx) => {
    const switchboard = await lockSwitchboard(tx, input);
    if (!integrationOf(switchboard, input.id))
      throw new AppError("not_found", "There is no such switchboard integration.");
    requireUnneeded(switchboard, input.id);
    const { workspaceId } = switchboard;
    await tx.db.execute(sql`
      delete from switchboard_integration where workspace_id = ${workspaceId} and id = ${input.id}`);
    tx.record({ workspaceId, type: "switchboard.changed" });
  });
}

/** @throws AppError invalid */
export function requireUnneeded({ defaultId, integrations }: Switchboard, id: string): void {
  if (defaultId === id)
    throw new AppError("invalid", "This is the switchboard's default one. Name another default first.");
  const referring = integrations.find(({ nextId }) => nextId === id);
  if (referring)
    throw new AppError("invalid", `${referring.name} hands on to this one. Give it another next one first.`);
}
