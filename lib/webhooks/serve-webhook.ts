import { sql } from "drizzle-orm";
import type { WriteCtx } from "../inbox/context";
import { enqueue } from "../queue/enqueue";
import { hastenJobs } from "../queue/hasten-jobs";

/** What waits for a webhook is told once this transaction has committed, whatever rest it was in. */
export async function serveWebhook(tx: WriteCtx, input: { workspaceId: string; webhookId: string }): Promise<void> {
  await tx.db.execute(sql`
    update webhook set resume_at = null where workspace_id = ${input.workspaceId} and id = ${input.webhookId}`);
  // Its key first and then its head, as who takes a job out of the queue locks them: else each could wait for the other.
  await enqueue(tx.db, { queue: "webhook", key: input.webhookId, payload: input });
  await hastenJobs(tx.db, "webhook", sql`select ${input.webhookId}::text`);
  tx.wake("jobs:webhook");
}
