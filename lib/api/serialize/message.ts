import type { MessageDetails } from "../../inbox/public-types";
import { publicId } from "../public-id";
import type { ApiMessage } from "../schemas/message";
import { apiContent } from "./content";

/** A message as integrators see it; what was unsent keeps its place and nothing else. */
export function apiMessage(message: MessageDetails): ApiMessage {
  return {
    id: publicId(message.id),
    received: new Date(message.sentAt).toISOString(),
    author: authorOf(message),
    content: apiContent(message),
    source: sourceOf(message),
    quotedMessage: quotedOf(message),
    metadata: message.unsent ? null : { ...storyOf(message), ...message.metadata },
    deleted: message.unsent ? true : null,
  };
}

function authorOf({ direction, contact, author, apiAuthor }: MessageDetails): ApiMessage["author"] {
  if (direction === "in") {
    return {
      type: "user",
      userId: publicId(contact.id),
      displayName: contact.displayName,
      ...(contact.pictureUrl && { avatarUrl: contact.pictureUrl }),
    };
  }
  return {
    type: "business",
    ...(author && { displayName: author.name }),
    ...(apiAuthor?.pictureUrl && { avatarUrl: apiAuthor.pictureUrl }),
    ...(apiAuthor?.subtypes && { subtypes: apiAuthor.subtypes }),
  };
}

function sourceOf({ origin, apiAuthor, channelId, externalId, sentAt }: MessageDetails): ApiMessage["source"] {
  if (origin === "desk") return { type: apiAuthor ? "api:conversations" : "replydesk:inbox" };
  return {
    type: "instagram",
    integrationId: publicId(channelId),
    ...(externalId && { originalMessageId: externalId }),
    originalMessageTimestamp: new Date(sentAt).toISOString(),
  };
}

function quotedOf({ quote, story }: MessageDetails): ApiMessage["quotedMessage"] {
  if (quote?.messageId) return { type: "message", message: { id: publicId(quote.messageId) } };
  if (story?.relation === "reply" && story.url)
    return { type: "externalMessageId", externalMessageId: story.url.slice(0, 2048) };
  return null;
}

/** No schema has a field for the story that was answered; the address is Meta's own and dies with the story. */
function storyOf({ story }: MessageDetails): Record<string, string> {
  return story?.relation === "reply" && story.url ? { instagramStoryUrl: story.url } : {};
}
