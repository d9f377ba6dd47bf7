import { ApiRefusal, refuse } from "../../lib/api/api-refusal";
import { idRange } from "../../lib/api/public-id";
import * as routes from "../../lib/api/routes/users";
import { apiClient, apiUser } from "../../lib/api/serialize/user";
import { forgetPerson } from "../../lib/inbox/forget-person";
import { updateUser } from "../../lib/inbox/update-user";
import { eraseCustomer } from "../../lib/meta/erase-customer";
import { type ApiCall, answering } from "./answering";
import { findUser } from "./find";

export const userAnswers = [
  answering(routes.createUser, async (call) => {
    if (await isKnown(call, call.body.externalId))
      throw refuse(409, "conflict", "externalId: there is a user with this external id");
    throw refuse(
      400,
      "bad_request",
      "externalId: nobody can be added; a person exists once they have written on Instagram. Give that user this externalId by PATCH",
    );
  }),

  answering(routes.listUsers, async () => ({ users: [] })),

  answering(routes.getUser, async (call) => ({ user: apiUser(await userOf(call)) })),

  answering(routes.updateUser, async (call) => {
    const { id } = await userOf(call);
    const { externalId: userExternalId, profile, metadata, signedUpAt } = call.body;
    const at = signedUpAt === undefined ? undefined : new Date(signedUpAt);
    return { user: apiUser(await updateUser(call.ctx, { id, userExternalId, profile, metadata, signedUpAt: at })) };
  }),

  answering(routes.deleteUser, async (call) => {
    await eraseCustomer(call.ctx, { contactId: (await userOf(call)).id });
    return {};
  }),

  answering(routes.deleteUserPersonalInformation, async (call) => ({
    user: apiUser(await forgetPerson(call.ctx, { id: (await userOf(call)).id })),
  })),

  answering(routes.listClients, async (call) => {
    const user = await userOf(call);
    const first = !call.query.page.after && !call.query.page.before;
    return { clients: first ? [apiClient(user)] : [], meta: { hasMore: false } };
  }),

  answering(routes.createClient, async (call) => {
    await userOf(call);
    throw refuse(400, "bad_request", "matchCriteria.type: Instagram lets a business write to nobody first");
  }),

  answering(routes.removeClient, async (call) => {
    const { id } = await userOf(call);
    const range = idRange(call.params.clientId ?? "");
    if (!range || id < range.from || id > range.to) throw refuse(404, "client_not_found", "Client not found");
    throw refuse(400, "bad_request", "The Instagram account is the person here; delete the user to erase both");
  }),

  answering(routes.listDevices, async (call) => {
    await userOf(call);
    return { devices: [] };
  }),

  answering(routes.getDevice, async (call) => {
    await userOf(call);
    throw refuse(404, "device_not_found", "Device not found");
  }),
];

function userOf(call: ApiCall) {
  return findUser(call, call.params.userIdOrExternalId ?? "");
}

async function isKnown(call: ApiCall, externalId: string): Promise<boolean> {
  try {
    await findUser(call, externalId);
    return true;
  } catch (error) {
    if (error instanceof ApiRefusal) return false;
    throw error;
  }
}
