import { apiRoute } from "../api-route";
import { exampleClient, exampleUser } from "../examples";
import { nothing } from "../schemas/common";
import {
  anything,
  clientList,
  clientQuery,
  clientResponse,
  deviceList,
  deviceResponse,
  userCreate,
  userList,
  userQuery,
  userResponse,
  userUpdate,
} from "../schemas/user";

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
  example: { response: { user: exampleUser } },
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
  example: { body: { metadata: { tier: "gold" } }, response: { user: exampleUser } },
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
  example: { response: { clients: [exampleClient], meta: { hasMore: false } } },
});

export const createUser = apiRoute({
  operation: "CreateUser",
  method: "POST",
  path: path,
  scopes,
  summary: "Refused: a person exists here once they have written on Instagram",
  body: userCreate,
  status: 201,
  response: userResponse,
  example: {
    body: { externalId: "customer-7" },
    refusal: {
      status: 400,
      code: "bad_request",
      title:
        "externalId: nobody can be added; a person exists once they have written on Instagram. Give that user your metadata",
    },
  },
});

export const listUsers = apiRoute({
  operation: "ListUsers",
  method: "GET",
  path: path,
  scopes,
  summary: "Nobody: Instagram tells no e-mail addresses",
  query: userQuery,
  status: 200,
  response: userList,
  example: { query: "filter[identities.email]=ana@you.example", response: { users: [] } },
});

export const deleteUser = apiRoute({
  operation: "DeleteUser",
  method: "DELETE",
  path: `${path}/{userIdOrExternalId}`,
  scopes,
  summary: "Erase a person with the conversation and all that was said",
  status: 200,
  response: nothing,
  example: { response: {} },
});

export const deleteUserPersonalInformation = apiRoute({
  operation: "DeleteUserPersonalInformation",
  method: "DELETE",
  path: `${path}/{userIdOrExternalId}/personalinformation`,
  scopes,
  summary: "Forget what is known of a person beside what was said",
  status: 200,
  response: userResponse,
  example: { response: { user: { ...exampleUser, metadata: null } } },
});

export const createClient = apiRoute({
  operation: "CreateClient",
  method: "POST",
  path: `${path}/{userIdOrExternalId}/clients`,
  scopes,
  summary: "Refused: Instagram lets nobody be written to first",
  body: anything,
  status: 201,
  response: clientResponse,
  example: {
    body: { matchCriteria: { type: "instagram" } },
    refusal: {
      status: 400,
      code: "bad_request",
      title: "matchCriteria.type: Instagram lets a business write to nobody first",
    },
  },
});

export const removeClient = apiRoute({
  operation: "RemoveClient",
  method: "DELETE",
  path: `${path}/{userIdOrExternalId}/clients/{clientId}`,
  scopes,
  summary: "Refused: the Instagram account is the person; delete the user instead",
  status: 200,
  response: nothing,
  example: {
    refusal: {
      status: 400,
      code: "bad_request",
      title: "The Instagram account is the person here; delete the user to erase both",
    },
  },
});

export const listDevices = apiRoute({
  operation: "ListDevices",
  method: "GET",
  path: `${path}/{userIdOrExternalId}/devices`,
  scopes,
  summary: "None: there are no SDKs here",
  status: 200,
  response: deviceList,
  example: { response: { devices: [] } },
});

export const getDevice = apiRoute({
  operation: "GetDevice",
  method: "GET",
  path: `${path}/{userIdOrExternalId}/devices/{deviceId}`,
  scopes,
  summary: "Never there",
  status: 200,
  response: deviceResponse,
  example: { refusal: { status: 404, code: "device_not_found", title: "Device not found" } },
});
