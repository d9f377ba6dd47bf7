import { type ApiErrorCode, refuse } from "../../lib/api/api-refusal";
import { idRange } from "../../lib/api/public-id";
import * as routes from "../../lib/api/routes/switchboards";
import { apiSwitchboard, apiSwitchboardIntegration } from "../../lib/api/serialize/switchboard";
import { acceptControl } from "../../lib/inbox/accept-control";
import { addSwitchboardIntegration } from "../../lib/inbox/add-switchboard-integration";
import type { ControlRefusal } from "../../lib/inbox/change-control";
import { createSwitchboard } from "../../lib/inbox/create-switchboard";
import { deleteSwitchboard } from "../../lib/inbox/delete-switchboard";
import { findId } from "../../lib/inbox/find-id";
import { offerControl } from "../../lib/inbox/offer-control";
import { passControl } from "../../lib/inbox/pass-control";
import { readSwitchboard } from "../../lib/inbox/read-switchboard";
import { releaseControl } from "../../lib/inbox/release-control";
import { removeSwitchboardIntegration } from "../../lib/inbox/remove-switchboard-integration";
import type { Switchboard } from "../../lib/inbox/switchboard";
import { updateSwitchboard } from "../../lib/inbox/update-switchboard";
import { updateSwitchboardIntegration } from "../../lib/inbox/update-switchboard-integration";
import { type ApiCall, answering } from "./answering";
import { findConversation, findIntegration } from "./find";

export const switchboardAnswers = [
  answering(routes.createSwitchboard, async ({ ctx }) => {
    const made = await createSwitchboard(ctx);
    if (!made) throw refuse(400, "bad_request", "Only one switchboard can be created per app");
    return { switchboard: apiSwitchboard(made) };
  }),

  answering(routes.listSwitchboards, async ({ ctx }) => {
    const known = await readSwitchboard(ctx);
    return { switchboards: known ? [apiSwitchboard(known)] : [] };
  }),

  answering(routes.updateSwitchboard, async (call) => {
    const { id: switchboardId } = await findSwitchboard(call);
    const { enabled, defaultSwitchboardIntegrationId: said } = call.body;
    const defaultId = said === undefined ? undefined : await findSeat(call, said);
    return { switchboard: apiSwitchboard(await updateSwitchboard(call.ctx, { switchboardId, enabled, defaultId })) };
  }),

  answering(routes.deleteSwitchboard, async (call) => {
    await deleteSwitchboard(call.ctx, { switchboardId: (await findSwitchboard(call)).id });
    return {};
  }),

  answering(routes.createSwitchboardIntegration, async (call) => {
    const { id: switchboardId } = await findSwitchboard(call);
    const { body } = call;
    const made = await addSwitchboardIntegration(call.ctx, { switchboardId, ...body, ...(await idsOf(call, body)) });
    if (!made)
      throw refuse(
        400,
        "too_many_switchboard_integrations",
        "Switchboard has reached the max number of switchboard integrations (10)",
      );
    return { switchboardIntegration: apiSwitchboardIntegration(made) };
  }),

  answering(routes.listSwitchboardIntegrations, async (call) => ({
    switchboardIntegrations: (await findSwitchboard(call)).integrations.map(apiSwitchboardIntegration),
  })),

  answering(routes.updateSwitchboardIntegration, async (call) => {
    const { id: switchboardId } = await findSwitchboard(call);
    const id = await findSeat(call, call.params.switchboardIntegrationId ?? "");
    const { body } = call;
    const changed = { switchboardId, id, ...body, ...(await idsOf(call, body)) };
    return { switchboardIntegration: apiSwitchboardIntegration(await updateSwitchboardIntegration(call.ctx, changed)) };
  }),

  answering(routes.deleteSwitchboardIntegration, async (call) => {
    const { id: switchboardId } = await findSwitchboard(call);
    const id = await findSeat(call, call.params.switchboardIntegrationId ?? "");
    await removeSwitchboardIntegration(call.ctx, { switchboardId, id });
    return {};
  }),

  answering(routes.passControl, async (call) => {
    const conversationId = await findConversation(call);
    const { switchboardIntegration: said, ...note } = call.body;
    return done(await passControl(call.ctx, { conversationId, to: await targetOf(call, said), ...note }));
  }),

  answering(routes.offerControl, async (call) => {
    const conversationId = await findConversation(call);
    const { switchboardIntegration: said, ...note } = call.body;
    return done(await offerControl(call.ctx, { conversationId, to: await targetOf(call, said), ...note }));
  }),

  answering(routes.acceptControl, async (call) => {
    const conversationId = await findConversation(call);
    return done(await acceptControl(call.ctx, { conversationId, ...call.body }));
  }),

  answering(routes.releaseControl, async (call) => {
    const conversationId = await findConversation(call);
    return done(await releaseControl(call.ctx, { conversationId, ...call.body }));
  }),
];

/** @throws ApiRefusal 404 */
async function findSwitchboard({ ctx, params }: ApiCall): Promise<Switchboard> {
  const known = await readSwitchboard(ctx);
  const range = idRange(params.switchboardId ?? "");
  if (!known || !range || known.id < range.from || known.id > range.to)
    throw refuse(404, "switchboard_not_found", "Switchboard not found");
  return known;
}

/** @throws ApiRefusal 404 */
async function findSeat({ ctx }: ApiCall, said: string): Promise<string> {
  const id = await findId(ctx, { of: "switchboardIntegration", range: idRange(said) });
  if (!id) throw refuse(404, "switchboard_integration_not_found", "SwitchboardIntegration not found");
  return id;
}

type SaidIds = { integrationId?: string | undefined; nextSwitchboardIntegrationId?: string | null | undefined };

/** @throws ApiRefusal 404 */
async function idsOf(call: ApiCall, { integrationId, nextSwitchboardIntegrationId: next }: SaidIds) {
  return {
    integrationId: integrationId === undefined ? undefined : await findIntegration(call, integrationId),
    nextId: next === undefined || next === null ? next : await findSeat(call, next),
  };
}

/** Names, types and "next" are the switchboard's business; an id is ours. */
async function targetOf({ ctx }: ApiCall, said: string): Promise<string> {
  return (await findId(ctx, { of: "switchboardIntegration", range: idRange(said) })) ?? said;
}

/** @throws ApiRefusal 400, 403, 404 */
function done(refusal: ControlRefusal | null): Record<string, never> {
  if (!refusal) return {};
  const [status, code] = REFUSALS[refusal.refused];
  throw refuse(status, code, refusal.message);
}

const REFUSALS: Record<ControlRefusal["refused"], [number, ApiErrorCode]> = {
  invalid_target: [400, "bad_request"],
  invalid_action: [400, "bad_request"],
  forbidden: [403, "forbidden"],
};
