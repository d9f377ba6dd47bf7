import { apiRoute } from "../api-route";
import { nothing } from "../schemas/common";
import {
  activityPost,
  conversationCreate,
  conversationList,
  conversationQuery,
  conversationResponse,
  conversationUpdate,
  joinPost,
  leavePost,
  participantList,
  participantQuery,
  participantResponse,
} from "../schemas/conversation";

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

export const updateConversation = apiRoute({
  operation: "UpdateConversation",
  method: "PATCH",
  path: `${path}/{conversationId}`,
  scopes,
  summary: "Name a conversation, or hang metadata on it",
  body: conversationUpdate,
  status: 200,
  response: conversationResponse,
});

export const listParticipants = apiRoute({
  operation: "ListParticipants",
  method: "GET",
  path: `${path}/{conversationId}/participants`,
  scopes,
  summary: "Who takes part: one person",
  query: participantQuery,
  status: 200,
  response: participantList,
});

export const postActivity = apiRoute({
  operation: "PostActivity",
  method: "POST",
  path: `${path}/{conversationId}/activity`,
  scopes,
  summary: "Show the customer that the business types or has read",
  body: activityPost,
  status: 200,
  response: nothing,
});

export const createConversation = apiRoute({
  operation: "CreateConversation",
  method: "POST",
  path: path,
  scopes,
  summary: "Refused: a person has one conversation, which begins when they write",
  body: conversationCreate,
  status: 201,
  response: conversationResponse,
});

export const deleteConversation = apiRoute({
  operation: "DeleteConversation",
  method: "DELETE",
  path: `${path}/{conversationId}`,
  scopes,
  summary: "Refused: every conversation is its person's default one",
  status: 200,
  response: nothing,
});

export const joinConversation = apiRoute({
  operation: "JoinConversation",
  method: "POST",
  path: `${path}/{conversationId}/join`,
  scopes,
  summary: "Refused: Instagram has no groups here",
  body: joinPost,
  status: 201,
  response: participantResponse,
});

export const leaveConversation = apiRoute({
  operation: "LeaveConversation",
  method: "POST",
  path: `${path}/{conversationId}/leave`,
  scopes,
  summary: "Refused: Instagram has no groups here",
  body: leavePost,
  status: 200,
  response: nothing,
});
