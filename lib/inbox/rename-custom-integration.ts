import { sql } from "drizzle-orm";
import { type Ctx, requireInside } from "./context";

/** @returns whether there is one */
export async function renameCustomIntegration(ctx: Ctx, input: { id: string; name: string | null }): Promise<boolean> {
  const { workspaceId } = requireInside(ctx);
  const { rowCount } = await ctx.db.execute(sql`
    update custom_integration set name = ${input.name} where workspace_id = ${workspaceId} and id = ${input.id}`);
  return rowCount === 1;
}
