import { apiRoute } from "../api-route";
import { exampleKey, toldKey } from "../examples";
import { nothing } from "../schemas/common";
import { keyCreate, keyList, keyResponse } from "../schemas/key";

const appPath = "/v2/apps/{appId}/keys";
const ofApp = ["account"] as const;
const integrationPath = "/v2/apps/{appId}/integrations/{integrationId}/keys";
const ofIntegration = ["app", "account"] as const;

export const createAppKey = apiRoute({
  operation: "CreateAppKey",
  method: "POST",
  path: appPath,
  scopes: ofApp,
  summary: "Make a key of the workspace; its secret is told this once",
  body: keyCreate,
  status: 201,
  response: keyResponse,
  example: { body: { displayName: "Helpdesk", people: true }, response: { key: toldKey } },
});

export const listAppKeys = apiRoute({
  operation: "ListAppKeys",
  method: "GET",
  path: appPath,
  scopes: ofApp,
  summary: "The keys of the workspace, without their secrets",
  status: 200,
  response: keyList,
  example: { response: { keys: [exampleKey] } },
});

export const getAppKey = apiRoute({
  operation: "GetAppKey",
  method: "GET",
  path: `${appPath}/{keyId}`,
  scopes: ofApp,
  summary: "One key, without its secret",
  status: 200,
  response: keyResponse,
  example: { response: { key: exampleKey } },
});

export const deleteAppKey = apiRoute({
  operation: "DeleteAppKey",
  method: "DELETE",
  path: `${appPath}/{keyId}`,
  scopes: ofApp,
  summary: "Revoke a key",
  status: 200,
  response: nothing,
  example: { response: {} },
});

export const createCustomIntegrationKey = apiRoute({
  operation: "CreateCustomIntegrationKey",
  method: "POST",
  path: integrationPath,
  scopes: ofIntegration,
  summary: "Make a key of a custom integration; its secret is told this once",
  body: keyCreate,
  status: 201,
  response: keyResponse,
  example: { body: { displayName: "Helpdesk", people: true }, response: { key: toldKey } },
});

export const listCustomIntegrationKeys = apiRoute({
  operation: "ListCustomIntegrationKeys",
  method: "GET",
  path: integrationPath,
  scopes: ofIntegration,
  summary: "The keys of a custom integration, without their secrets",
  status: 200,
  response: keyList,
  example: { response: { keys: [exampleKey] } },
});

export const getCustomIntegrationKey = apiRoute({
  operation: "GetCustomIntegrationKey",
  method: "GET",
  path: `${integrationPath}/{keyId}`,
  scopes: ofIntegration,
  summary: "One key, without its secret",
  status: 200,
  response: keyResponse,
  example: { response: { key: exampleKey } },
});

export const deleteCustomIntegrationKey = apiRoute({
  operation: "DeleteCustomIntegrationKey",
  method: "DELETE",
  path: `${integrationPath}/{keyId}`,
  scopes: ofIntegration,
  summary: "Revoke a key",
  status: 200,
  response: nothing,
  example: { response: {} },
});
