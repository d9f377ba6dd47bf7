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
import { bytes, time } from "./columns";
import { member } from "./workspace";

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
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex("contact_external").on(t.channelId, t.externalId),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);

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
    unansweredSince: time(),
    seenThroughAt: time(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex("conversation_contact").on(t.workspaceId, t.contactId),
    index("conversation_newest").on(t.workspaceId, t.lastMessageAt, t.id),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
    foreignKey({ columns: [t.workspaceId, t.contactId], foreignColumns: [contact.workspaceId, contact.id] }).onDelete(
      "cascade",
    ),
  ],
);

export const message = pgTable(
  "message",
  {
    workspaceId: uuid().notNull(),
    id: uuid().notNull(),
    conversationId: uuid().notNull(),
    channelId: uuid().notNull(),
    /** Meta's message id; null until a send is answered. */
    externalId: text(),
    version: integer().notNull().default(1),
    direction: text({ enum: ["in", "out"] }).notNull(),
    origin: text({ enum: ["customer", "desk", "instagram"] }).notNull(),
    kind: text().notNull(),
    text: text(),
    attachments: jsonb().$type<{ type: string; url?: string }[]>(),
    story: jsonb().$type<{ relation: "reply" | "mention"; id?: string; url?: string; goneAt?: string }>(),
    replyToExternalId: text(),
    authorId: uuid(),
    sentAt: time().notNull(),
    arrival: bigint({ mode: "number" }).notNull(),
    state: text({ enum: ["received", "queued", "dispatching", "sent", "failed", "unconfirmed"] }).notNull(),
    failureCode: text(),
    failureText: text(),
    attempt: integer().notNull().default(0),
    dispatchedAt: time(),
    dispatchDeadline: time(),
    /** How often Meta's thread was read and did not hold the message, and when last. */
    absentReads: integer().notNull().default(0),
    absentReadAt: time(),
    contentHash: bytes(),
    unsentAt: time(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex("message_external").on(t.channelId, t.externalId),
    index("message_thread").on(t.workspaceId, t.conversationId, t.sentAt, t.id),
    index("message_arrival").on(t.workspaceId, t.conversationId, t.arrival).where(sql`direction = 'in'`),
    index("message_in_flight").on(t.conversationId, t.contentHash).where(sql`state in ('dispatching', 'unconfirmed')`),
    foreignKey({
      columns: [t.workspaceId, t.conversationId],
      foreignColumns: [conversation.workspaceId, conversation.id],
    }).onDelete("cascade"),
    foreignKey({ columns: [t.workspaceId, t.authorId], foreignColumns: [member.workspaceId, member.id] }),
  ],
);

/** What came before the message it speaks of: an unsend or a seen mark, applied when that message comes. */
export const parked = pgTable(
  "parked",
  {
    workspaceId: uuid().notNull(),
    channelId: uuid().notNull(),
    externalId: text().notNull(),
    kind: text({ enum: ["unsend", "seen"] }).notNull(),
    at: time().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.channelId, t.externalId, t.kind] }),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);
