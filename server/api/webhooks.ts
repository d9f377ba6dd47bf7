import { refuse } from "../../lib/api/api-refusal";
import { idRange } from "../../lib/api/public-id";
import * as routes from "../../lib/api/routes/webhooks";
import { apiWebhook } from "../../lib/api/serialize/webhook";
import { findId } from "../../lib/inbox/find-id";
import { createWebhook } from "../../lib/webhooks/create-webhook";
import { deleteWebhook } from "../../lib/webhooks/delete-webhook";
import { updateWebhook } from "../../lib/webhooks/update-webhook";
import { selectWebhooks, type WebhookDetails } from "../../lib/webhooks/webhook-row";
import { type ApiCall, answering } from "./answering";
import { findIntegration } from "./find";

export const webhookAnswers = [
  answering(routes.createWebhook, async (call) => {
    const { db, ...place } = await placeOf(call);
    return { webhook: apiWebhook(await createWebhook({ db, keyring: call.keyring }, { ...call.body, ...place })) };
  }),

  answering(routes.listWebhooks, async (call) => {
    const { db, ...place } = await placeOf(call);
    return { webhooks: (await selectWebhooks({ db, keyring: call.keyring }, place)).map(apiWebhook) };
  }),

  answering(routes.getWebhook, async (call) => ({ webhook: apiWebhook(await findWebhook(call)) })),

  answering(routes.updateWebhook, async (call) => {
    const { id } = await findWebhook(call);
    const { db, ...place } = await placeOf(call);
    return { webhook: apiWebhook(await updateWebhook({ db, keyring: call.keyring }, { ...call.body, ...place, id })) };
  }),

  answering(routes.deleteWebhook, async (call) => {
    const { id } = await findWebhook(call);
    const { db, ...place } = await placeOf(call);
    await deleteWebhook(db, { ...place, id });
    return {};
  }),
];

/** A key of one integration sees its own, also as `me`. @throws ApiRefusal 403, 404 */
async function placeOf(call: ApiCall) {
  const { ctx, key, params } = call;
  const own = key.integrationId;
  if (params.integrationId === "me") {
    if (own === null) throw refuse(404, "integration_not_found", "Integration not found");
    return { db: ctx.db, workspaceId: ctx.actor.workspaceId, integrationId: own };
  }
  const integrationId = await findIntegration(call, params.integrationId ?? "");
  if (own !== null && own !== integrationId) throw refuse(403, "forbidden", "Forbidden");
  return { db: ctx.db, workspaceId: ctx.actor.workspaceId, integrationId };
}

/** @throws ApiRefusal 404 */
async function findWebhook(call: ApiCall): Promise<WebhookDetails> {
  const { db, ...place } = await placeOf(call);
  const id = await findId(call.ctx, { of: "webhook", range: idRange(call.params.webhookId ?? "") });
  const [webhook] = id ? await selectWebhooks({ db, keyring: call.keyring }, { ...place, id }) : [];
  if (!webhook) throw refuse(404, "not_found", "Resource not found");
  return webhook;
}
