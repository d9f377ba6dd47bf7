import { apiRoute } from "../api-route";
import { lastPage, receivedMessage, sentMessage } from "../examples";
import { nothing } from "../schemas/common";
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
  idempotent: true,
  status: 201,
  response: messagePostResponse,
  example: {
    body: {
      author: { type: "business", displayName: "Nora" },
      content: { type: "text", text: "Yes, since this morning." },
      metadata: { order: 7 },
    },
    response: { messages: [sentMessage] },
  },
});

export const listMessages = apiRoute({
  operation: "ListMessages",
  method: "GET",
  path,
  scopes,
  summary: "The newest hundred messages of a conversation, the oldest of them first; page on with page[before]",
  query: messageQuery,
  status: 200,
  response: messageList,
  example: { response: { messages: [receivedMessage, sentMessage], ...lastPage } },
});

export const deleteMessage = apiRoute({
  operation: "DeleteMessage",
  method: "DELETE",
  path: `${path}/{messageId}`,
  scopes,
  summary: "Take a message out of the desk; at Instagram it stays",
  status: 200,
  response: nothing,
  example: { response: {} },
});

export const deleteAllMessages = apiRoute({
  operation: "DeleteAllMessages",
  method: "DELETE",
  path,
  scopes,
  summary: "Take all messages of a conversation out of the desk; at Instagram they stay",
  status: 200,
  response: nothing,
  example: { response: {} },
});
