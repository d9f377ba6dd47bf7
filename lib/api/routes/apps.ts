import { apiRoute } from "../api-route";
import { appResponse } from "../schemas/app";

export const getApp = apiRoute({
  operation: "GetApp",
  method: "GET",
  path: "/v2/apps/{appId}",
  scopes: ["app", "account"],
  summary: "The workspace",
  status: 200,
  response: appResponse,
});
