import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { requireManager, type WriteCtx } from "./context";
import { readSwitchboard } from "./read-switchboard";
import type { Switchboard } from "./switchboard";

/** The switchboard, held against other changes of it. @throws AppError forbidden, not_found */
export async function lockSwitchboard(tx: WriteCtx, input: { switchboardId: string }): Promise<Switchboard> {
  const { workspaceId } = requireManager(tx);
  await tx.db.execute(sql`
    select 1 from switchboard where workspace_id = ${workspaceId} and id = ${input.switchboardId} for update`);
  const switchboard = await readSwitchboard(tx);
  if (switchboard?.id !== input.switchboardId) throw new AppError("not_found", "There is no such switchboard.");
  return switchboard;
}
