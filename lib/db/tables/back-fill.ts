import { sql } from "drizzle-orm";
import {
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { channel } from "./channel";
import { time } from "./columns";

/** One reading of what Instagram still gives of an account's conversations. */
export const backFill = pgTable(
  "back_fill",
  {
    workspaceId: uuid().notNull(),
    id: uuid().notNull(),
    channelId: uuid().notNull(),
    reason: text({ enum: ["connect", "reconnect", "nightly", "by_hand"] }).notNull(),
    /** First the threads are listed, then they are read, the newest first. `replaced`: a later one does its work. */
    state: text({ enum: ["listing", "reading", "done", "failed", "canceled", "replaced"] }).notNull(),
    /** Meta's cursor of the page of threads that is listed next. */
    cursor: text(),
    /** Threads without a word since then need no listing: null lists them all. */
    since: time(),
    /** What a customer wrote before is history to the desk and counts as read. */
    unreadSince: time().notNull(),
    /** Threads that have to be read, and how many are; those that Meta refuses are counted as read, and here. */
    threads: integer().notNull().default(0),
    threadsRead: integer().notNull().default(0),
    threadsRefused: integer().notNull().default(0),
    /** What was not in the desk before: messages, and in how many conversations. */
    messages: integer().notNull().default(0),
    conversations: integer().notNull().default(0),
    /** Calls in a row that failed. */
    failures: integer().notNull().default(0),
    /** Why it waits or ended early, in words. */
    problem: text(),
    startedBy: uuid(),
    createdAt: time().notNull(),
    /** When it goes on, while it waits for Meta. */
    resumesAt: time(),
    finishedAt: time(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex("back_fill_running").on(t.channelId).where(sql`state in ('listing', 'reading')`),
    index("back_fill_newest").on(t.workspaceId, t.channelId, t.createdAt),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);

/** A thread as Meta lists it, and up to which of its changes the desk has read it. */
export const metaThread = pgTable(
  "meta_thread",
  {
    workspaceId: uuid().notNull(),
    channelId: uuid().notNull(),
    /** Meta's id of it. */
    externalId: text().notNull(),
    contactExternalId: text().notNull(),
    contactUsername: text(),
    updatedAt: time().notNull(),
    /** `updatedAt` when it was read last; null when it has to be read whatever Meta says. */
    readThrough: time(),
    /** The back-fill that still has to read it. */
    backFillId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.channelId, t.externalId] }),
    index("meta_thread_waiting").on(t.backFillId, t.updatedAt).where(sql`back_fill_id is not null`),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);

/** When Meta may be asked about an account's conversations again: a limit that all processes share. */
export const readingPace = pgTable("reading_pace", {
  /** Instagram's id of the account. */
  accountId: text().primaryKey(),
  // Meta counts real seconds, so this is by the database's own clock and never by the desk's.
  nextAt: timestamp({ withTimezone: true }).notNull(),
});

/** An account whose history was erased: what Meta still delivers of it is not kept. Forgotten once Meta has stopped trying, or when it is connected again. */
export const erasedAccount = pgTable(
  "erased_account",
  {
    facebookAppId: text().notNull(),
    accountId: text().notNull(),
    erasedAt: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.facebookAppId, t.accountId] })],
);
