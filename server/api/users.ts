import * as routes from "../../lib/api/routes/users";
import { apiUser } from "../../lib/api/serialize/user";
import { answering } from "./answering";
import { findUser } from "./find";

export const userAnswers = [
  answering(routes.getUser, async (call) => ({
    user: apiUser(await findUser(call, call.params.userIdOrExternalId ?? "")),
  })),
];
