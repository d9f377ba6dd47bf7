import { sql } from "drizzle-orm";
import { newId } from "../ids";
import { type Ctx, requireInside } from "./context";

/** @returns its id */
export async function addCustomIntegration(ctx: Ctx, input: { name: string | null }): Promise<string> {
  const { workspaceId } = requireInside(ctx);
  const id = newId();
  await ctx.db.execute(sql`
    insert into custom_integration (workspace_id, id, name, created_at) values (${workspaceId}, ${id}, ${input.name}, desk_now())`);
  return id;
}
