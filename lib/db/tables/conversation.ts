import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { channel } from "./channel";
import { HAS_WORDS, time, WORDS } from "./columns";

/** A customer, as one channel knows them. */
export const contact = pgTable(
  "contact",
  {
    workspaceId: uuid().notNull(),
    id: uuid().notNull(),
    channelId: uuid().notNull(),
    externalId: text().notNull(),
    username: text(),
    name: text(),
    pictureUrl: text(),
    followerCount: integer(),
    followsBusiness: boolean(),
    followedByBusiness: boolean(),
    verified: boolean(),
    profileFetchedAt: time(),
    /** Why the profile is not known, in words; null when it is. */
    profileProblem: text(),
    firstWroteAt: time().notNull(),
    /** When Instagram said that this person cannot be written to; null once they write, or something arrives. */
    blockedAt: time(),
    /** The integrator's own name of this person. */
    userExternalId: text(),
    apiProfile: jsonb().$type<StoredApiProfile>(),
    metadata: jsonb().$type<StoredMetadata>(),
    signedUpAt: time(),
    /** What came up to then was erased at this person's wish, and does not come back. */
    erasedAt: time(),
    /** The words of name and username, as `search-words` writes them; null: not looked through yet. */
    search: text(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index("contact_words").using("gin", WORDS).where(HAS_WORDS),
    index("contact_unsearched").on(t.workspaceId, t.id).where(sql`search is null`),
    uniqueIndex("contact_external").on(t.channelId, t.externalId),
    uniqueIndex("contact_user").on(t.workspaceId, t.userExternalId).where(sql`user_external_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);

/** Flat, at most 4 KB: what integrators hang on things. */
export type StoredMetadata = Record<string, string | number | boolean>;

/** What an integrator knows of a person, beside what Instagram tells. */
export type StoredApiProfile = {
  givenName?: string;
  surname?: string;
  email?: string;
  avatarUrl?: string;
  locale?: string;
};

/** The one thread with one customer, carrying all that its row in the list shows. */
export const conversation = pgTable(
  "conversation",
  {
    workspaceId: uuid().notNull(),
    id: uuid().notNull(),
    channelId: uuid().notNull(),
    contactId: uuid().notNull(),
    version: integer().notNull().default(1),
    lastMessageAt: time().notNull(),
    previewMessageId: uuid(),
    previewText: text(),
    previewKind: text(),
    previewDirection: text({ enum: ["in", "out"] }),
    previewState: text(),
    unread: integer().notNull().default(0),
    /** Number of the message that arrived last; given out under this row's lock. */
    lastArrival: bigint({ mode: "number" }).notNull().default(0),
    readArrival: bigint({ mode: "number" }).notNull().default(0),
    /** When the customer last did something that opens the reply window. */
    lastCustomerAt: time(),
    lastReplyAt: time(),
    /** The customer's newest reaction that still stands, for the row of the list. */
    lastReactionAt: time(),
    lastReactionEmoji: text(),
    unansweredSince: time(),
    seenThroughAt: time(),
    /** When somebody of the business last read it. */
    businessReadAt: time(),
    displayName: text(),
    description: text(),
    iconUrl: text(),
    metadata: jsonb().$type<StoredMetadata>(),
    /** The place at the switchboard that answers, and the one it is offered to. A place that is gone stands for the default one. */
    holderId: uuid(),
    offeredToId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex("conversation_contact").on(t.workspaceId, t.contactId),
    // Without the id: with it, PostgreSQL 18 may answer "which conversation has this id" by skipping through the times.
    index("conversation_newest").on(t.workspaceId, t.lastMessageAt),
    // What the number beside "Inbox" is counted from.
    index("conversation_unread").on(t.workspaceId, t.channelId, t.holderId, t.offeredToId).where(sql`unread > 0`),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
    foreignKey({ columns: [t.workspaceId, t.contactId], foreignColumns: [contact.workspaceId, contact.id] }).onDelete(
      "cascade",
    ),
  ],
);
