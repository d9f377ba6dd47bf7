import { sql } from "drizzle-orm";
import { type Ctx, requireInside } from "./context";

const TABLES = {
  conversation: sql`conversation`,
  contact: sql`contact`,
  message: sql`message`,
  channel: sql`channel`,
  customIntegration: sql`custom_integration`,
  webhook: sql`webhook`,
  switchboardIntegration: sql`switchboard_integration`,
};

/** The one id of the workspace that lies between two; null for none, and for more than one. */
export async function findId(
  ctx: Ctx,
  input: { of: keyof typeof TABLES; range: { from: string; to: string } | null },
): Promise<string | null> {
  const { workspaceId } = requireInside(ctx);
  if (!input.range) return null;
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    select id from ${TABLES[input.of]} where workspace_id = ${workspaceId} and id between ${input.range.from} and ${input.range.to} limit 2`);
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}
