import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, requireAdmin, write } from "../inbox/context";
import { serveWebhook } from "./serve-webhook";

/** One event; all that happened in a time (milliseconds since 1970, both ends included); all that was given up. */
export type Replayed = { number: number } | { from: number; to: number } | "missed";

/**
 * Tells a webhook again, under the same event ids and on a fresh schedule.
 * @returns how many events wait again @throws AppError forbidden, not_found, conflict
 */
export async function replayEvents(ctx: Ctx, input: { webhookId: string; which: Replayed }): Promise<number> {
  const { workspaceId } = requireAdmin(ctx);
  const place = { workspaceId, webhookId: input.webhookId };
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ disabled: boolean }>(sql`
      select disabled_reason is not null as disabled from webhook
      where workspace_id = ${workspaceId} and id = ${input.webhookId} for update`);
    if (!rows[0]) throw new AppError("not_found", "This webhook is not there any more.");
    if (rows[0].disabled) throw new AppError("conflict", "This webhook is switched off. Switch it on first.");
    const { rowCount } = await tx.db.execute(sql`
      update webhook_event set state = 'pending', settled_at = null, replayed_at = desk_now()
      where workspace_id = ${workspaceId} and webhook_id = ${input.webhookId} and state <> 'pending' and ${chosen(input.which)}`);
    if (rowCount) await serveWebhook(tx, place);
    return rowCount ?? 0;
  });
}

function chosen(which: Replayed) {
  if (which === "missed") return sql`state = 'failed'`;
  if ("number" in which) return sql`number = ${which.number}`;
  const from = new Date(which.from).toISOString();
  return sql`created_at between ${from}::timestamptz and ${new Date(which.to).toISOString()}::timestamptz`;
}
