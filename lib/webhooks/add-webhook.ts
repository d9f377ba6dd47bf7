import type { Keyring } from "../crypto";
import { addCustomIntegration } from "../inbox/add-custom-integration";
import { type Ctx, requireAdmin, write } from "../inbox/context";
import { createWebhook } from "./create-webhook";
import type { WebhookDetails } from "./webhook-row";

/** A new custom integration with one webhook. Its secrets are told this once. @throws AppError forbidden, invalid */
export async function addWebhook(
  ctx: Ctx & { keyring: Keyring },
  input: { name: string; target: string; triggers: string[] },
): Promise<WebhookDetails> {
  const { workspaceId } = requireAdmin(ctx);
  return write(ctx, async (tx) => {
    const integrationId = await addCustomIntegration(tx, { name: input.name });
    const { target, triggers } = input;
    return createWebhook({ db: tx.db, keyring: ctx.keyring }, { workspaceId, integrationId, target, triggers });
  });
}
