import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, requireInside } from "./context";

/** The workspace of who acts. @throws AppError not_found */
export async function readWorkspace(ctx: Ctx): Promise<{ id: string; name: string }> {
  const { workspaceId } = requireInside(ctx);
  const { rows } = await ctx.db.execute<{ id: string; name: string }>(
    sql`select id, name from workspace where id = ${workspaceId}`,
  );
  if (!rows[0]) throw new AppError("not_found", "There is no such workspace.");
  return rows[0];
}
