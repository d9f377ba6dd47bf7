import { apiRoute } from "../api-route";
import { EXAMPLE_IDS, exampleApp, lastPage } from "../examples";
import { appCreate, appList, appQuery, appResponse, appUpdate } from "../schemas/app";
import { nothing } from "../schemas/common";

const path = "/v2/apps";

export const createApp = apiRoute({
  operation: "CreateApp",
  method: "POST",
  path,
  scopes: ["account"],
  summary: "A new workspace for programs: nobody signs in to it",
  body: appCreate,
  status: 201,
  response: appResponse,
  example: { body: { displayName: "Nora Ceramics" }, response: { app: exampleApp } },
});

export const listApps = apiRoute({
  operation: "ListApps",
  method: "GET",
  path,
  scopes: ["account"],
  summary: "The workspaces of the installation",
  query: appQuery,
  status: 200,
  response: appList,
  example: { query: `page[after]=${EXAMPLE_IDS.appId}`, response: { apps: [exampleApp], ...lastPage } },
});

export const getApp = apiRoute({
  operation: "GetApp",
  method: "GET",
  path: `${path}/{appId}`,
  scopes: ["app", "account"],
  summary: "The workspace",
  status: 200,
  response: appResponse,
  example: { response: { app: exampleApp } },
});

export const updateApp = apiRoute({
  operation: "UpdateApp",
  method: "PATCH",
  path: `${path}/{appId}`,
  scopes: ["app", "account"],
  summary: "Rename the workspace",
  body: appUpdate,
  status: 200,
  response: appResponse,
  example: { body: { displayName: "Nora Ceramics" }, response: { app: exampleApp } },
});

export const deleteApp = apiRoute({
  operation: "DeleteApp",
  method: "DELETE",
  path: `${path}/{appId}`,
  scopes: ["account"],
  summary: "Delete a workspace that nobody signs in to and no account is connected in",
  status: 200,
  response: nothing,
  example: { response: {} },
});
