import { sql } from "drizzle-orm";
import type { Keyring } from "../crypto";
import type { Queryable } from "../db/connection";
import { AppError } from "../errors";
import { checkOutboundUrl } from "../outbound";
import type { WebhookInput } from "./create-webhook";
import { selectWebhooks, type WebhookDetails } from "./webhook-row";

/** Changes what is given and leaves the rest; a new target serves again what was switched off. @throws AppError not_found, invalid */
export async function updateWebhook(
  ctx: { db: Queryable; keyring: Keyring },
  input: Partial<WebhookInput> & { workspaceId: string; integrationId: string; id: string },
): Promise<WebhookDetails> {
  if (input.target !== undefined) checkOutboundUrl(input.target);
  await ctx.db.execute(sql`
    update webhook set target = coalesce(${input.target ?? null}, target),
      triggers = coalesce(${input.triggers ? JSON.stringify(input.triggers) : null}::jsonb, triggers),
      include_full_user = coalesce(${input.includeFullUser ?? null}, include_full_user),
      include_full_source = coalesce(${input.includeFullSource ?? null}, include_full_source),
      disabled_reason = case when ${input.target ?? null}::text is null then disabled_reason end
    where workspace_id = ${input.workspaceId} and integration_id = ${input.integrationId} and id = ${input.id}`);
  const [webhook] = await selectWebhooks(ctx, input);
  if (!webhook) throw new AppError("not_found", "There is no such webhook.");
  return webhook;
}
