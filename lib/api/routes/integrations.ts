import { apiRoute } from "../api-route";
import { customIntegration, instagramIntegration, lastPage } from "../examples";
import { nothing } from "../schemas/common";
import {
  integrationCreate,
  integrationList,
  integrationQuery,
  integrationResponse,
  integrationUpdate,
} from "../schemas/integration";

const path = "/v2/apps/{appId}/integrations";
const scopes = ["app", "account"] as const;

export const createIntegration = apiRoute({
  operation: "CreateIntegration",
  method: "POST",
  path,
  scopes,
  summary: "Add an integration",
  body: integrationCreate,
  status: 201,
  response: integrationResponse,
  example: {
    body: {
      type: "custom",
      displayName: "My program",
      webhooks: [{ target: "https://you.example/hook", triggers: ["conversation:message"] }],
    },
    response: { integration: customIntegration },
  },
});

export const listIntegrations = apiRoute({
  operation: "ListIntegrations",
  method: "GET",
  path,
  scopes,
  summary: "The integrations of the workspace: its Instagram accounts, and what integrators added",
  query: integrationQuery,
  status: 200,
  response: integrationList,
  example: {
    query: "filter[types]=instagram",
    response: { integrations: [instagramIntegration], ...lastPage },
  },
});

export const getIntegration = apiRoute({
  operation: "GetIntegration",
  method: "GET",
  path: `${path}/{integrationId}`,
  scopes,
  summary: "One integration",
  status: 200,
  response: integrationResponse,
  example: { response: { integration: instagramIntegration } },
});

export const deleteIntegration = apiRoute({
  operation: "DeleteIntegration",
  method: "DELETE",
  path: `${path}/{integrationId}`,
  scopes,
  summary:
    "Remove a custom integration with its webhooks and keys; disconnect an Instagram account, whose history stays",
  status: 200,
  response: nothing,
  example: { response: {} },
});

export const updateIntegration = apiRoute({
  operation: "UpdateIntegration",
  method: "PATCH",
  path: `${path}/{integrationId}`,
  scopes,
  summary: "Rename an integration; give an account a new token, or say which stories are told",
  body: integrationUpdate,
  status: 200,
  response: integrationResponse,
  example: { body: { displayName: "My program" }, response: { integration: customIntegration } },
});
