import { apiRoute } from "../api-route";
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
});

export const getApp = apiRoute({
  operation: "GetApp",
  method: "GET",
  path: `${path}/{appId}`,
  scopes: ["app", "account"],
  summary: "The workspace",
  status: 200,
  response: appResponse,
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
});

export const deleteApp = apiRoute({
  operation: "DeleteApp",
  method: "DELETE",
  path: `${path}/{appId}`,
  scopes: ["account"],
  summary: "Delete a workspace that nobody signs in to and no account is connected in",
  status: 200,
  response: nothing,
});
