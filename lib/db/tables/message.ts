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
import { bytes, HAS_WORDS, MESSAGE_WORDS, time } from "./columns";
import { conversation, type StoredMetadata } from "./conversation";
import { member } from "./workspace";

export type StoredAttachment = {
  /** image, video, audio, file, like_heart, post, reel, story, view_once, template, link, or Meta's own word for what is not shown yet. */
  type: string;
  url?: string;
  title?: string;
  /** An address on instagram.com, where `url` is not media. */
  permalink?: string;
  /** Of a send whose echo has not come: that brings the address. */
  awaited?: true;
  /** Instagram was asked where it is, and told nothing. */
  asked?: true;
};

export type StoredDetails = {
  /** What a quick reply or button carried back. */
  payload?: string;
  /** It came while Instagram had given the conversation to another app. */
  standby?: true;
  referral?: {
    source?: string;
    ref?: string;
    adId?: string;
    adTitle?: string;
    pictureUrl?: string;
    videoUrl?: string;
    productId?: string;
  };
  /** Cards of a template, as its echo shows them. */
  cards?: {
    title: string;
    subtitle?: string;
    imageUrl?: string;
    url?: string;
    buttons?: { title: string; url?: string; payload?: string }[];
  }[];
  /** Buttons under a text. */
  buttons?: { title: string; url?: string; payload?: string }[];
  quickReplies?: { title: string; payload: string }[];
};

/** Who wrote a message through the public API. */
export type StoredApiAuthor = {
  keyId: string;
  /** Whether a person stands behind it, as the key says. */
  people: boolean;
  name?: string;
  pictureUrl?: string;
  subtypes?: string[];
};

/** The content of a message as the public API was given it. */
export type StoredApiContent = { type: string; [field: string]: unknown };

export type StoredOutgoing =
  | { type: "text"; quickReplies?: { title: string; payload: string }[] }
  | { type: "media"; media: "image" | "video" | "audio" | "file"; uploadIds: string[] }
  | { type: "like_heart" }
  | { type: "post"; postId: string }
  | { type: "buttons"; buttons: { title: string; url?: string; payload?: string }[] }
  | { type: "cards"; cards: NonNullable<StoredDetails["cards"]> }
  /** As a program wrote it in Instagram's own form; cards and buttons are what can be shown of it. */
  | {
      type: "raw";
      message: Record<string, unknown>;
      cards: NonNullable<StoredDetails["cards"]>;
      buttons: NonNullable<StoredDetails["buttons"]>;
    };

/** What was said, by either side, in the customer's order. */
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
    attachments: jsonb().$type<StoredAttachment[]>(),
    /** What was tapped, what led here, what a template shows: read by the screens and the public API. */
    details: jsonb().$type<StoredDetails>(),
    /** What an outgoing message tells Instagram beyond its text. */
    outgoing: jsonb().$type<StoredOutgoing>(),
    /** Several sends of one click are one bubble: all carry the id of the first, in this order. */
    bubbleId: uuid(),
    part: integer().notNull().default(0),
    story: jsonb().$type<{ relation: "reply" | "mention"; id?: string; url?: string; goneAt?: string }>(),
    replyToExternalId: text(),
    authorId: uuid(),
    apiAuthor: jsonb().$type<StoredApiAuthor>(),
    metadata: jsonb().$type<StoredMetadata>(),
    /** Of the first of its bubble. */
    apiContent: jsonb().$type<StoredApiContent>(),
    sentAt: time().notNull(),
    /** Counts up in its conversation; 0 for what was history when it came: nobody has to read it. */
    arrival: bigint({ mode: "number" }).notNull(),
    /** Known from Meta's thread only, which tells less than a delivery; that completes it when it comes after all. */
    readBack: boolean().notNull().default(false),
    state: text({ enum: ["received", "queued", "dispatching", "sent", "failed", "unconfirmed"] }).notNull(),
    failureCode: text(),
    failureText: text(),
    attempt: integer().notNull().default(0),
    /** How often Instagram had a passing problem with it since the last click. */
    retries: integer().notNull().default(0),
    dispatchedAt: time(),
    dispatchDeadline: time(),
    /** How often Meta's thread was read and did not hold the message, and when last. */
    absentReads: integer().notNull().default(0),
    absentReadAt: time(),
    contentHash: bytes(),
    unsentAt: time(),
    editedAt: time(),
    /** The words by which it is found, as `search-words` writes them; null: not looked through yet, or unsent. */
    search: text(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index("message_words").using("gin", MESSAGE_WORDS).where(HAS_WORDS),
    index("message_newest").on(t.workspaceId, t.sentAt, t.id).where(HAS_WORDS),
    index("message_unsearched").on(t.workspaceId, t.id).where(sql`search is null and unsent_at is null`),
    uniqueIndex("message_external").on(t.channelId, t.externalId),
    index("message_bubble").on(t.workspaceId, t.bubbleId).where(sql`bubble_id is not null`),
    index("message_thread").on(t.workspaceId, t.conversationId, t.sentAt, t.id),
    index("message_arrival").on(t.workspaceId, t.conversationId, t.arrival).where(sql`direction = 'in'`),
    index("message_quoting").on(t.channelId, t.replyToExternalId).where(sql`reply_to_external_id is not null`),
    index("message_in_flight").on(t.conversationId, t.contentHash).where(sql`state in ('dispatching', 'unconfirmed')`),
    foreignKey({
      columns: [t.workspaceId, t.conversationId],
      foreignColumns: [conversation.workspaceId, conversation.id],
    }).onDelete("cascade"),
    foreignKey({ columns: [t.workspaceId, t.authorId], foreignColumns: [member.workspaceId, member.id] }),
  ],
);

/** One reaction per side and message; the latest by Meta's time stands, taken back is an emoji of null. Needs no message row yet. */
export const reaction = pgTable(
  "reaction",
  {
    workspaceId: uuid().notNull(),
    channelId: uuid().notNull(),
    /** Meta's id of the message reacted to. */
    externalId: text().notNull(),
    by: text({ enum: ["customer", "business"] }).notNull(),
    emoji: text(),
    at: time().notNull(),
    /** Whose row of the list a customer's reaction stands in, and its number among what arrived there. */
    conversationId: uuid(),
    arrival: bigint({ mode: "number" }),
  },
  (t) => [
    primaryKey({ columns: [t.channelId, t.externalId, t.by] }),
    index("reaction_conversation").on(t.conversationId, t.at).where(sql`emoji is not null`),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);

/** What an edited message said, and says: the highest number is its text now. Gone with its message when that is unsent; needs no message row yet. */
export const messageEdit = pgTable(
  "message_edit",
  {
    workspaceId: uuid().notNull(),
    channelId: uuid().notNull(),
    externalId: text().notNull(),
    /** Meta's count of edits; 0 is the text as first written. */
    number: integer().notNull(),
    text: text().notNull(),
    at: time().notNull(),
    /** With whom; the message itself may be unknown. Null for what it said first. */
    contactExternalId: text(),
  },
  (t) => [
    primaryKey({ columns: [t.channelId, t.externalId, t.number] }),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);

/** A file that was streamed to Meta and waits to be sent; the bytes are at Meta, never here. */
export const upload = pgTable(
  "upload",
  {
    workspaceId: uuid().notNull(),
    id: uuid().notNull(),
    channelId: uuid().notNull(),
    /** Null: a program sent it. */
    memberId: uuid(),
    media: text({ enum: ["image", "video", "audio", "file"] }).notNull(),
    contentType: text().notNull(),
    bytes: integer().notNull(),
    name: text().notNull(),
    /** Meta's id of it, usable for 90 days. */
    attachmentId: text().notNull(),
    createdAt: time().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);

/** What became of an outgoing message, for the public API to tell: at Instagram, seen by the customer, or refused. */
export const deliveryEvent = pgTable(
  "delivery_event",
  {
    workspaceId: uuid().notNull(),
    messageId: uuid().notNull(),
    type: text({ enum: ["channel", "user", "failure"] }).notNull(),
    externalId: text(),
    code: text(),
    at: time().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.messageId, t.type] }),
    foreignKey({ columns: [t.workspaceId, t.messageId], foreignColumns: [message.workspaceId, message.id] }).onDelete(
      "cascade",
    ),
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
