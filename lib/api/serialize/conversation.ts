import type { ConversationDetails } from "../../inbox/public-types";
import { publicId } from "../public-id";
import type { ApiConversation } from "../schemas/conversation";
import { apiResponder } from "./switchboard";

/** A person has one conversation with an account, so it is their default one. */
export function apiConversation(conversation: ConversationDetails): ApiConversation {
  const { businessReadAt, holder, offeredTo } = conversation;
  return {
    id: publicId(conversation.id),
    type: "personal",
    isDefault: true,
    displayName: conversation.displayName,
    description: conversation.description,
    iconUrl: conversation.iconUrl,
    metadata: conversation.metadata,
    businessLastRead: businessReadAt === null ? null : new Date(businessReadAt).toISOString(),
    lastUpdatedAt: new Date(conversation.lastMessageAt).toISOString(),
    createdAt: new Date(conversation.createdAt).toISOString(),
    ...(holder && { activeSwitchboardIntegration: apiResponder(holder) }),
    ...(offeredTo && { pendingSwitchboardIntegration: apiResponder(offeredTo) }),
  };
}
