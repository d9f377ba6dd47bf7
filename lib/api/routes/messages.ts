import { apiRoute } from "../api-route";
import { messageList, messagePost, messagePostResponse, messageQuery } from "../schemas/message";

const path = "/v2/apps/{appId}/conversations/{conversationId}/messages";
const scopes = ["integration", "app", "account"] as const;

export const postMessage = apiRoute({
  operation: "PostMessage",
  method: "POST",
  path,
  scopes,
  summary: "Send a message to the customer",
  body: messagePost,
  status: 201,
  response: messagePostResponse,
});

export const listMessages = apiRoute({
  operation: "ListMessages",
  method: "GET",
  path,
  scopes,
  summary: "The messages of a conversation, the newest hundred first",
  query: messageQuery,
  status: 200,
  response: messageList,
});
