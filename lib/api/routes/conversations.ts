import { apiRoute } from "../api-route";
import { conversationList, conversationQuery, conversationResponse } from "../schemas/conversation";

const path = "/v2/apps/{appId}/conversations";
const scopes = ["integration", "app", "account"] as const;

export const listConversations = apiRoute({
  operation: "ListConversations",
  method: "GET",
  path,
  scopes,
  summary: "The conversations of one person",
  query: conversationQuery,
  status: 200,
  response: conversationList,
});

export const getConversation = apiRoute({
  operation: "GetConversation",
  method: "GET",
  path: `${path}/{conversationId}`,
  scopes,
  summary: "One conversation",
  status: 200,
  response: conversationResponse,
});
