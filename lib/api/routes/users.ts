import { apiRoute } from "../api-route";
import { clientList, clientQuery, userResponse, userUpdate } from "../schemas/user";

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

export const updateUser = apiRoute({
  operation: "UpdateUser",
  method: "PATCH",
  path: `${path}/{userIdOrExternalId}`,
  scopes,
  summary: "Say more of a person",
  body: userUpdate,
  status: 200,
  response: userResponse,
});

export const listClients = apiRoute({
  operation: "ListClients",
  method: "GET",
  path: `${path}/{userIdOrExternalId}/clients`,
  scopes,
  summary: "The Instagram account of a person",
  query: clientQuery,
  status: 200,
  response: clientList,
});
