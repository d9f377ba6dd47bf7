import * as routes from "../../lib/api/routes/users";
import { apiClient, apiUser } from "../../lib/api/serialize/user";
import { updateUser } from "../../lib/inbox/update-user";
import { answering } from "./answering";
import { findUser } from "./find";

export const userAnswers = [
  answering(routes.getUser, async (call) => ({
    user: apiUser(await findUser(call, call.params.userIdOrExternalId ?? "")),
  })),

  answering(routes.updateUser, async (call) => {
    const { id } = await findUser(call, call.params.userIdOrExternalId ?? "");
    const { profile, metadata, signedUpAt } = call.body;
    const at = signedUpAt === undefined ? undefined : new Date(signedUpAt);
    return { user: apiUser(await updateUser(call.ctx, { id, profile, metadata, signedUpAt: at })) };
  }),

  answering(routes.listClients, async (call) => {
    const user = await findUser(call, call.params.userIdOrExternalId ?? "");
    const first = !call.query.page.after && !call.query.page.before;
    return { clients: first ? [apiClient(user)] : [], meta: { hasMore: false } };
  }),
];
