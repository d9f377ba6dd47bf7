import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, requireInside } from "./context";
import type { WorkspaceDetails } from "./workspaces";

/** The workspace of who acts. @throws AppError not_found */
export async function readWorkspace(ctx: Ctx): Promise<WorkspaceDetails> {
  const { workspaceId } = requireInside(ctx);
  const { rows } = await ctx.db.execute<WorkspaceDetails>(
    sql`select id, name, metadata from workspace where id = ${workspaceId}`,
  );
  if (!rows[0]) throw new AppError("not_found", "There is no such workspace.");
  return rows[0];
}
