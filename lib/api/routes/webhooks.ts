import { apiRoute } from "../api-route";
import { exampleWebhook } from "../examples";
import { nothing } from "../schemas/common";
import { webhookCreate, webhookList, webhookResponse, webhookUpdate } from "../schemas/webhook";

const path = "/v2/apps/{appId}/integrations/{integrationId}/webhooks";
const scopes = ["integration", "app"] as const;

export const createWebhook = apiRoute({
  operation: "CreateWebhook",
  method: "POST",
  path,
  scopes,
  summary: "Be told what happens",
  body: webhookCreate,
  status: 201,
  response: webhookResponse,
  example: {
    body: { target: "https://you.example/hook", triggers: ["conversation:message"] },
    response: { webhook: exampleWebhook },
  },
});

export const listWebhooks = apiRoute({
  operation: "ListWebhooks",
  method: "GET",
  path,
  scopes,
  summary: "The webhooks of an integration",
  status: 200,
  response: webhookList,
  example: { response: { webhooks: [exampleWebhook] } },
});

export const getWebhook = apiRoute({
  operation: "GetWebhook",
  method: "GET",
  path: `${path}/{webhookId}`,
  scopes,
  summary: "One webhook",
  status: 200,
  response: webhookResponse,
  example: { response: { webhook: exampleWebhook } },
});

export const updateWebhook = apiRoute({
  operation: "UpdateWebhook",
  method: "PATCH",
  path: `${path}/{webhookId}`,
  scopes,
  summary: "Change a webhook",
  body: webhookUpdate,
  status: 200,
  response: webhookResponse,
  example: { body: { triggers: ["conversation:message"] }, response: { webhook: exampleWebhook } },
});

export const deleteWebhook = apiRoute({
  operation: "DeleteWebhook",
  method: "DELETE",
  path: `${path}/{webhookId}`,
  scopes,
  summary: "Be told no more",
  status: 200,
  response: nothing,
  example: { response: {} },
});
