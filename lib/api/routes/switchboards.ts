import { apiRoute } from "../api-route";
import { botAtSwitchboard, exampleSwitchboard, peopleAtSwitchboard } from "../examples";
import { nothing } from "../schemas/common";
import {
  acceptControl as acceptBody,
  offerControl as offerBody,
  passControl as passBody,
  releaseControl as releaseBody,
  switchboardIntegrationCreate,
  switchboardIntegrationList,
  switchboardIntegrationResponse,
  switchboardIntegrationUpdate,
  switchboardList,
  switchboardResponse,
  switchboardUpdate,
} from "../schemas/switchboard";

const path = "/v2/apps/{appId}/switchboards";
const integrationsPath = `${path}/{switchboardId}/switchboardIntegrations`;
const conversationPath = "/v2/apps/{appId}/conversations/{conversationId}";
const scopes = ["app", "account"] as const;
const actionScopes = ["integration", "app", "account"] as const;

export const createSwitchboard = apiRoute({
  operation: "CreateSwitchboard",
  method: "POST",
  path,
  scopes,
  summary: "The switchboard of the workspace, switched off: it has one at most",
  status: 201,
  response: switchboardResponse,
  example: { response: { switchboard: { id: exampleSwitchboard.id, enabled: false } } },
});

export const listSwitchboards = apiRoute({
  operation: "ListSwitchboards",
  method: "GET",
  path,
  scopes,
  summary: "The switchboard of the workspace, or none",
  status: 200,
  response: switchboardList,
  example: { response: { switchboards: [exampleSwitchboard] } },
});

export const updateSwitchboard = apiRoute({
  operation: "UpdateSwitchboard",
  method: "PATCH",
  path: `${path}/{switchboardId}`,
  scopes,
  summary: "Switch it on or off, or name who gets new conversations",
  body: switchboardUpdate,
  status: 200,
  response: switchboardResponse,
  example: {
    body: { enabled: true, defaultSwitchboardIntegrationId: botAtSwitchboard.id },
    response: { switchboard: exampleSwitchboard },
  },
});

export const deleteSwitchboard = apiRoute({
  operation: "DeleteSwitchboard",
  method: "DELETE",
  path: `${path}/{switchboardId}`,
  scopes,
  summary: "Remove the switchboard: every integration hears everything again",
  status: 200,
  response: nothing,
  example: { response: {} },
});

export const createSwitchboardIntegration = apiRoute({
  operation: "CreateSwitchboardIntegration",
  method: "POST",
  path: integrationsPath,
  scopes,
  summary: "Give a custom integration, or the desk's inbox, a place at the switchboard",
  body: switchboardIntegrationCreate,
  status: 201,
  response: switchboardIntegrationResponse,
  example: {
    body: { name: "people", integrationType: "replydesk:inbox" },
    response: { switchboardIntegration: peopleAtSwitchboard },
  },
});

export const listSwitchboardIntegrations = apiRoute({
  operation: "ListSwitchboardIntegrations",
  method: "GET",
  path: integrationsPath,
  scopes,
  summary: "Who has a place at the switchboard",
  status: 200,
  response: switchboardIntegrationList,
  example: { response: { switchboardIntegrations: [peopleAtSwitchboard, botAtSwitchboard] } },
});

export const updateSwitchboardIntegration = apiRoute({
  operation: "UpdateSwitchboardIntegration",
  method: "PATCH",
  path: `${integrationsPath}/{switchboardIntegrationId}`,
  scopes,
  summary: "Change a place at the switchboard",
  body: switchboardIntegrationUpdate,
  status: 200,
  response: switchboardIntegrationResponse,
  example: {
    body: { nextSwitchboardIntegrationId: peopleAtSwitchboard.id },
    response: { switchboardIntegration: botAtSwitchboard },
  },
});

export const deleteSwitchboardIntegration = apiRoute({
  operation: "DeleteSwitchboardIntegration",
  method: "DELETE",
  path: `${integrationsPath}/{switchboardIntegrationId}`,
  scopes,
  summary: "Take a place away; what it held goes to the default one",
  status: 200,
  response: nothing,
  example: { response: {} },
});

export const passControl = apiRoute({
  operation: "PassControl",
  method: "POST",
  path: `${conversationPath}/passControl`,
  scopes: actionScopes,
  summary: "Give the conversation to another integration, or to the people of the inbox",
  body: passBody,
  status: 200,
  response: nothing,
  example: { body: { switchboardIntegration: "next", metadata: { intent: "repair" } }, response: {} },
});

export const offerControl = apiRoute({
  operation: "OfferControl",
  method: "POST",
  path: `${conversationPath}/offerControl`,
  scopes: actionScopes,
  summary: "Ask another one to take the conversation; an earlier offer ends",
  body: offerBody,
  status: 200,
  response: nothing,
  example: { body: { switchboardIntegration: "people" }, response: {} },
});

export const acceptControl = apiRoute({
  operation: "AcceptControl",
  method: "POST",
  path: `${conversationPath}/acceptControl`,
  scopes: actionScopes,
  summary: "Take the conversation that was offered",
  body: acceptBody,
  bodyOptional: true,
  status: 200,
  response: nothing,
  example: { body: {}, response: {} },
});

export const releaseControl = apiRoute({
  operation: "ReleaseControl",
  method: "POST",
  path: `${conversationPath}/releaseControl`,
  scopes: actionScopes,
  summary: "Let the conversation go: the default one gets it with the customer's next message",
  body: releaseBody,
  bodyOptional: true,
  status: 200,
  response: nothing,
  example: { body: {}, response: {} },
});
