import { apiRoute } from "../api-route";
import { EXAMPLE_IDS, exampleConversation, exampleParticipant } from "../examples";
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
  example: {
    query: `filter[userId]=${EXAMPLE_IDS.userIdOrExternalId}`,
    response: { conversations: [exampleConversation], meta: { hasMore: false } },
  },
});

export const getConversation = apiRoute({
  operation: "GetConversation",
  method: "GET",
  path: `${path}/{conversationId}`,
  scopes,
  summary: "One conversation",
  status: 200,
  response: conversationResponse,
  example: { response: { conversation: exampleConversation } },
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
  example: {
    body: { metadata: { order: 7 } },
    response: { conversation: exampleConversation },
  },
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
  example: { response: { participants: [exampleParticipant], meta: { hasMore: false } } },
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
  example: { body: { author: { type: "business" }, type: "typing:start" }, response: {} },
});

export const createConversation = apiRoute({
  operation: "CreateConversation",
  method: "POST",
  path: path,
  scopes,
  summary:
    "The one conversation of a person, under the name and with the metadata that are given; it began when they wrote",
  body: conversationCreate,
  status: 201,
  response: conversationResponse,
  example: {
    body: { type: "personal", participants: [{ userId: EXAMPLE_IDS.userIdOrExternalId }] },
    refusal: {
      status: 400,
      code: "bad_request",
      title: "type: a person has one conversation on Instagram; list it by filter[userId]",
    },
  },
});

export const deleteConversation = apiRoute({
  operation: "DeleteConversation",
  method: "DELETE",
  path: `${path}/{conversationId}`,
  scopes,
  summary: "Refused: every conversation is its person's default one",
  status: 200,
  response: nothing,
  example: {
    refusal: {
      status: 400,
      code: "bad_request",
      title: `Conversation ${EXAMPLE_IDS.conversationId} cannot be deleted because it is the default. Delete its messages, or the user`,
    },
  },
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
  example: {
    body: { userId: EXAMPLE_IDS.userIdOrExternalId },
    refusal: {
      status: 400,
      code: "bad_request",
      title: "Too many participants: a conversation on Instagram has one person",
    },
  },
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
  example: {
    body: { userId: EXAMPLE_IDS.userIdOrExternalId },
    refusal: {
      status: 404,
      code: "not_found",
      title: "User is not a member of the conversation, or its only one, who cannot leave",
    },
  },
});
