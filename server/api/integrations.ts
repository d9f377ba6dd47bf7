import type { z } from "zod";
import { refuse } from "../../lib/api/api-refusal";
import { idRange, publicId } from "../../lib/api/public-id";
import * as routes from "../../lib/api/routes/integrations";
import type { integrationUpdate } from "../../lib/api/schemas/integration";
import { apiIntegration } from "../../lib/api/serialize/integration";
import { apiSwitchboardIntegration } from "../../lib/api/serialize/switchboard";
import { apiWebhook } from "../../lib/api/serialize/webhook";
import { findId } from "../../lib/inbox/find-id";
import { listIntegrations } from "../../lib/inbox/list-integrations";
import type { IntegrationDetails } from "../../lib/inbox/public-types";
import { readSwitchboard } from "../../lib/inbox/read-switchboard";
import { removeCustomIntegration } from "../../lib/inbox/remove-custom-integration";
import { renameCustomIntegration } from "../../lib/inbox/rename-custom-integration";
import { setDefaultResponder } from "../../lib/inbox/set-default-responder";
import { defaultResponder } from "../../lib/inbox/switchboard";
import { updateChannel } from "../../lib/inbox/update-channel";
import { APP_FIELDS } from "../../lib/meta/app-subscription";
import { connectByToken } from "../../lib/meta/connect-by-token";
import { disconnectAccount } from "../../lib/meta/disconnect-account";
import { readOwnApp } from "../../lib/meta/read-own-app";
import { renewToken } from "../../lib/meta/renew-token";
import { addWebhook } from "../../lib/webhooks/add-webhook";
import { selectWebhooks } from "../../lib/webhooks/webhook-row";
import { type ApiCall, answering } from "./answering";
import { findIntegration } from "./find";

export const integrationAnswers = [
  answering(routes.createIntegration, async (call) => {
    if (call.body.type === "instagram") {
      const { defaultResponderId: said } = call.body;
      const responder = said && (await findResponder(call, said));
      const { channelId } = await connectByToken(call.ctx, call.body);
      const { displayName: apiName = null, storyRepliesEnabled = true, storyMentionsEnabled = true } = call.body;
      const told = { tellsStoryReplies: storyRepliesEnabled, tellsStoryMentions: storyMentionsEnabled };
      await updateChannel(call.ctx, { channelId, apiName, ...told });
      if (responder) await setDefaultResponder(call.ctx, { channelId, responderId: responder });
      return { integration: await withWebhooks(call, channelId) };
    }
    const { displayName: name = null, webhooks } = call.body;
    const [webhook] = webhooks;
    if (!webhook) throw refuse(400, "bad_request", "webhooks: has exactly one");
    const { integrationId } = await addWebhook({ ...call.ctx, keyring: call.keyring }, { name, ...webhook });
    return { integration: await withWebhooks(call, integrationId) };
  }),

  answering(routes.listIntegrations, async (call) => {
    const { page, filter } = call.query;
    const after = page.after === undefined ? undefined : await findIntegration(call, page.after);
    const rows = await listIntegrations(call.ctx, {
      limit: page.size + 1,
      ...(filter.types && { types: filter.types.split(",") }),
      ...(after && { after }),
    });
    const shown = rows.slice(0, page.size);
    const last = shown.at(-1);
    const hasMore = rows.length > page.size;
    const afterCursor = hasMore && last ? publicId(last.id) : undefined;
    return {
      integrations: shown.map(apiIntegration),
      meta: { hasMore, ...(afterCursor && { afterCursor }) },
      links: afterCursor
        ? {
            next: `${call.base}/v2/apps/${call.params.appId}/integrations?page%5Bafter%5D=${afterCursor}&page%5Bsize%5D=${page.size}`,
          }
        : {},
    };
  }),

  answering(routes.getIntegration, async (call) => ({
    integration: await withWebhooks(call, await findIntegration(call, call.params.integrationId ?? "")),
  })),

  answering(routes.updateIntegration, async (call) => {
    const id = await findIntegration(call, call.params.integrationId ?? "");
    const [known] = await listIntegrations(call.ctx, { id, limit: 1 });
    if (known?.type === "instagram") await updateInstagram(call, known);
    else await updateCustom(call, id);
    return { integration: await withWebhooks(call, id) };
  }),

  answering(routes.deleteIntegration, async (call) => {
    const id = await findIntegration(call, call.params.integrationId ?? "");
    const [known] = await listIntegrations(call.ctx, { id, limit: 1 });
    if (!known) throw gone();
    // What was said stays on the desk, and comes back in its place when the account is connected again.
    if (known.type === "instagram") await disconnectAccount(call.ctx, { channelId: id, history: "keep" });
    else await removeCustomIntegration(call.ctx, { id });
    return {};
  }),
];

type Update = ApiCall<unknown, z.output<typeof integrationUpdate>>;

/** @throws ApiRefusal 400; AppError with words when Facebook does not take the token */
async function updateInstagram(call: Update, known: IntegrationDetails): Promise<void> {
  const { type, displayName: apiName, pageAccessToken, defaultResponderId, ...told } = call.body;
  requireType(known, type);
  const { id: channelId, facebookAppId, accountId } = known;
  const responderId = defaultResponderId && (await findResponder(call, defaultResponderId));
  if (pageAccessToken !== undefined)
    await renewToken(
      call.ctx,
      { channelId, facebookAppId: facebookAppId ?? "", accountId: accountId ?? "" },
      pageAccessToken,
    );
  const { storyRepliesEnabled: tellsStoryReplies, storyMentionsEnabled: tellsStoryMentions } = told;
  await updateChannel(call.ctx, { channelId, apiName, tellsStoryReplies, tellsStoryMentions });
  if (responderId !== undefined) await setDefaultResponder(call.ctx, { channelId, responderId });
}

/** It has nothing but a name. @throws ApiRefusal 400 for fields of an account */
async function updateCustom(call: Update, id: string): Promise<void> {
  const { type, displayName, ...others } = call.body;
  requireType({ type: "custom" }, type);
  const [foreign] = Object.keys(others);
  if (foreign) throw refuse(400, "bad_request", `${foreign}: belongs to Instagram accounts only`);
  if (displayName !== undefined && !(await renameCustomIntegration(call.ctx, { id, name: displayName }))) throw gone();
}

/** @throws ApiRefusal 400 */
function requireType(known: { type: string }, said: string | undefined): void {
  if (said !== undefined && said !== known.type)
    throw refuse(400, "bad_request", `type: this integration is ${known.type}, and stays so`);
}

function gone() {
  return refuse(404, "integration_not_found", "Integration not found");
}

/** @throws ApiRefusal 400 */
async function findResponder({ ctx }: ApiCall, said: string): Promise<string> {
  const id = await findId(ctx, { of: "switchboardIntegration", range: idRange(said) });
  if (!id) throw refuse(400, "bad_request", "defaultResponderId: there is no such switchboard integration");
  return id;
}

async function withWebhooks(call: ApiCall, id: string) {
  const [integration] = await listIntegrations(call.ctx, { id, limit: 1 });
  if (!integration) throw gone();
  const shown = apiIntegration(integration);
  if (integration.type === "instagram")
    return { ...shown, ...(await responderOf(call, id)), ...(await setupOf(call, integration)) };
  return { ...shown, webhooks: (await selectWebhooks(webhookCtx(call), inside(call, id))).map(apiWebhook) };
}

/** Who gets its new conversations, where the workspace has a switchboard with somebody at it. */
async function responderOf({ ctx, params }: ApiCall, channelId: string) {
  const switchboard = await readSwitchboard(ctx);
  const responder = switchboard && defaultResponder(switchboard, channelId);
  if (!responder) return {};
  const { id: _, bot: __, ...shown } = apiSwitchboardIntegration(responder);
  const inherited = responder.id !== switchboard.channelDefaults[channelId];
  return {
    defaultResponder: { ...shown, switchboardId: publicId(switchboard.id), appId: params.appId, inherited },
  };
}

/** Messages of an account that came with its own Facebook app arrive only once that app calls here: what to paste there, until it does. */
async function setupOf({ ctx }: ApiCall, { facebookAppId, state }: IntegrationDetails) {
  const own = facebookAppId === null || state !== "healthy" ? null : await readOwnApp(ctx, { facebookAppId });
  if (!own || own.subscription === "ours" || own.subscription === "unknown") return {};
  return {
    status: "error" as const,
    webhookSetup: {
      reason:
        own.subscription === "other"
          ? "The Facebook app sends its Instagram events to another address, which is never changed from here."
          : "The Facebook app sends its Instagram events nowhere, and Facebook did not let the desk change that.",
      object: "instagram",
      callbackUrl: own.webhookAddress,
      verifyToken: own.verifyToken,
      fields: APP_FIELDS,
    },
  };
}

function webhookCtx({ ctx, keyring }: ApiCall) {
  return { db: ctx.db, keyring };
}

function inside({ ctx }: ApiCall, integrationId: string) {
  return { workspaceId: ctx.actor.workspaceId, integrationId };
}
