import type { StoredApiProfile, StoredMetadata } from "../db/tables/conversation";
import type { StoredApiAuthor, StoredApiContent } from "../db/tables/message";
import type { SwitchboardIntegration } from "./switchboard";
import type { MessageRow } from "./types";

/** What the public API shows. Times are milliseconds since 1970. */

export type UserDetails = {
  id: string;
  channelId: string;
  conversationId: string | null;
  /** Instagram's id of the person, as this channel knows them. */
  instagramId: string;
  userExternalId: string | null;
  name: string | null;
  username: string | null;
  pictureUrl: string | null;
  followerCount: number | null;
  followsBusiness: boolean | null;
  followedByBusiness: boolean | null;
  verified: boolean | null;
  profile: StoredApiProfile;
  metadata: StoredMetadata | null;
  signedUpAt: number;
  lastSeenAt: number | null;
  /** Instagram said last that they cannot be written to. */
  blocked: boolean;
};

export type ConversationDetails = {
  id: string;
  channelId: string;
  contactId: string;
  userExternalId: string | null;
  displayName: string | null;
  description: string | null;
  iconUrl: string | null;
  metadata: StoredMetadata | null;
  businessReadAt: number | null;
  seenThroughAt: number | null;
  unread: number;
  lastMessageAt: number;
  createdAt: number;
  /** Who holds it, and who is offered it, where a switchboard is at work. */
  holder: SwitchboardIntegration | null;
  offeredTo: SwitchboardIntegration | null;
};

export type MessageDetails = MessageRow & {
  channelId: string;
  /** Meta's id; null before a send was answered. */
  externalId: string | null;
  contact: { id: string; displayName: string; pictureUrl: string | null; userExternalId: string | null };
  apiAuthor: StoredApiAuthor | null;
  apiContent: StoredApiContent | null;
  metadata: StoredMetadata | null;
};

export type IntegrationDetails = {
  id: string;
  type: "instagram" | "custom";
  state: "connecting" | "healthy" | "broken" | "disconnected";
  name: string | null;
  createdAt: number;
  /** Of a connected account; null for what integrators added. */
  facebookAppId: string | null;
  pageId: string | null;
  accountId: string | null;
  username: string | null;
  connectedAs: string | null;
  /** What an integrator calls it. */
  apiName: string | null;
  /** Whether integrators are told of answers to stories, and of mentions in them. */
  tellsStoryReplies: boolean;
  tellsStoryMentions: boolean;
};
