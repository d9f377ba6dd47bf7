import { apiRoute } from "../api-route";
import { userResponse } from "../schemas/user";

const path = "/v2/apps/{appId}/users";
const scopes = ["integration", "app", "account"] as const;

export const getUser = apiRoute({
  operation: "GetUser",
  method: "GET",
  path: `${path}/{userIdOrExternalId}`,
  scopes,
  summary: "One person",
  status: 200,
  response: userResponse,
});
