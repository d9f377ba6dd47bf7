import { sql } from "drizzle-orm";
import { type Ctx, requireInside } from "./context";

/** Its address shows nothing from now on. @returns whether there was one */
export async function removeAttachment(ctx: Ctx, input: { token: string }): Promise<boolean> {
  const { workspaceId } = requireInside(ctx);
  const { rowCount } = await ctx.db.execute(sql`
    delete from attachment where token = ${input.token} and workspace_id = ${workspaceId}`);
  return rowCount === 1;
}
