import { sql } from "drizzle-orm";
import { type Ctx, requireInside, write } from "./context";

/** Its webhooks and keys end with it. @returns whether there was one */
export async function removeCustomIntegration(ctx: Ctx, input: { id: string }): Promise<boolean> {
  const { workspaceId } = requireInside(ctx);
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute(sql`
      delete from custom_integration where workspace_id = ${workspaceId} and id = ${input.id} returning id`);
    if (rows.length === 0) return false;
    await tx.db.execute(sql`delete from webhook where workspace_id = ${workspaceId} and integration_id = ${input.id}`);
    return true;
  });
}
