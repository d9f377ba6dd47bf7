import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, requireAdmin, write } from "../inbox/context";
import { serveWebhook } from "./serve-webhook";

/** Switches a webhook on again, or ends its rest: what waits is told at once. @throws AppError forbidden, not_found */
export async function resumeWebhook(ctx: Ctx, input: { webhookId: string }): Promise<void> {
  const { workspaceId } = requireAdmin(ctx);
  await write(ctx, async (tx) => {
    const { rowCount } = await tx.db.execute(sql`
      update webhook set disabled_reason = null, failures = 0, failing_since = case when disabled_reason is null then failing_since end
      where workspace_id = ${workspaceId} and id = ${input.webhookId}`);
    if (!rowCount) throw new AppError("not_found", "This webhook is not there any more.");
    await serveWebhook(tx, { workspaceId, webhookId: input.webhookId });
  });
}
