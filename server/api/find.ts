import { type ApiErrorCode, refuse } from "../../lib/api/api-refusal";
import { idRange } from "../../lib/api/public-id";
import { isAppError } from "../../lib/errors";
import { findId } from "../../lib/inbox/find-id";
import type { UserDetails } from "../../lib/inbox/public-types";
import { readUser } from "../../lib/inbox/read-user";
import type { ApiCall } from "./answering";

/** Our id of the conversation that the path names. @throws ApiRefusal 404 */
export async function findConversation({ ctx, params }: ApiCall, code: ApiErrorCode = "conversation_not_found") {
  const id = await findId(ctx, { of: "conversation", range: idRange(params.conversationId ?? "") });
  if (!id) throw refuse(404, code, code === "not_found" ? "Resource not found" : "Conversation not found");
  return id;
}

/** The person that an id, or the integrator's own name of them, stands for. @throws ApiRefusal 404 */
export async function findUser({ ctx }: ApiCall, said: string): Promise<UserDetails> {
  const id = await findId(ctx, { of: "contact", range: idRange(said) });
  try {
    return await readUser(ctx, id ? { id } : { userExternalId: said });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") throw refuse(404, "user_not_found", "User not found");
    throw error;
  }
}

/** Our id of a connected account or of what an integrator added. @throws ApiRefusal 404 */
export async function findIntegration({ ctx }: ApiCall, said: string): Promise<string> {
  const range = idRange(said);
  const id = (await findId(ctx, { of: "customIntegration", range })) ?? (await findId(ctx, { of: "channel", range }));
  if (!id) throw refuse(404, "integration_not_found", "Integration not found");
  return id;
}
