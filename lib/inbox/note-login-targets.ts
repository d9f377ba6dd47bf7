import { sql } from "drizzle-orm";
import { type Ctx, requireAdmin } from "./context";

/** Remembers which Pages and accounts a login was given for: from two logins one sees that Facebook does not ask anew. */
export async function noteLoginTargets(
  ctx: Ctx,
  input: { attemptId: string; targets: Map<string, string[]> },
): Promise<void> {
  const member = requireAdmin(ctx);
  await ctx.db.execute(sql`
    update connect_attempt set targets = ${JSON.stringify(Object.fromEntries(input.targets))}::jsonb
    where workspace_id = ${member.workspaceId} and member_id = ${member.id} and id = ${input.attemptId} and targets is null`);
}
