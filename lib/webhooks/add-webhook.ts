import type { Keyring } from "../crypto";
import { addCustomIntegration } from "../inbox/add-custom-integration";
import { type Ctx, requireManager, write } from "../inbox/context";
import { createWebhook, type WebhookInput } from "./create-webhook";
import type { WebhookDetails } from "./webhook-row";

/** A new custom integration with one webhook, or neither. Members are told its secrets this once. @throws AppError forbidden, invalid */
export async function addWebhook(
  ctx: Ctx & { keyring: Keyring },
  { name, ...webhook }: WebhookInput & { name: string | null },
): Promise<WebhookDetails> {
  const { workspaceId } = requireManager(ctx);
  return write(ctx, async (tx) => {
    const integrationId = await addCustomIntegration(tx, { name });
    return createWebhook({ db: tx.db, keyring: ctx.keyring }, { ...webhook, workspaceId, integrationId });
  });
}
