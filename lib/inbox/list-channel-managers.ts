import { sql } from "drizzle-orm";
import { type Ctx, requireMember } from "./context";

/** Names of those who may connect channels, the owner first: for whoever may not, and needs to ask. */
export async function listChannelManagers(ctx: Ctx): Promise<string[]> {
  const { workspaceId } = requireMember(ctx);
  const { rows } = await ctx.db.execute<{ name: string }>(sql`
    select name from member where workspace_id = ${workspaceId} and role in ('owner', 'admin') and removed_at is null
    order by role = 'owner' desc, name`);
  return rows.map(({ name }) => name);
}
