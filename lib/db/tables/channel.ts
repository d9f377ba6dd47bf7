import { sql } from "drizzle-orm";
import { boolean, foreignKey, jsonb, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytes, time } from "./columns";
import { member, workspace } from "./workspace";

/** How a channel's token can come here. */
export const CONNECT_WAYS = ["login", "pop_up", "business_login", "pasted_token", "own_app", "api"] as const;

/** One connected Instagram account with its token. */
export const channel = pgTable(
  "channel",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    id: uuid().notNull(),
    facebookAppId: text().notNull(),
    pageId: text().notNull(),
    pageName: text().notNull(),
    accountId: text().notNull(),
    username: text().notNull(),
    name: text(),
    pictureUrl: text(),
    state: text({ enum: ["connecting", "healthy", "broken", "disconnected"] }).notNull(),
    /** What is wrong, in words, when the state is broken. */
    problem: text(),
    /** The same as the name of the doctor's line that is the cause. */
    problemCode: text(),
    /** Page token, encrypted and bound to `channel:<id>`. */
    tokenSealed: bytes(),
    connectedBy: uuid(),
    /** The Facebook person whose login gave the token; may be another than the member. */
    connectedAs: text(),
    /** The same person as this app knows them; what Meta's signed requests name. */
    personId: text(),
    /** How its token came here. */
    way: text({ enum: CONNECT_WAYS }).notNull().default("login"),
    /** When Meta lets the token die; null: never, or not known. */
    tokenExpiresAt: time(),
    /** When the person has to confirm the access to data anew; null: never, or not known. */
    dataAccessExpiresAt: time(),
    connectedAt: time(),
    disconnectedAt: time(),
    checkedAt: time(),
    lastDeliveryAt: time(),
    /** Meta asks for a pause, or does not answer: until then nothing is sent for this account. */
    pausedUntil: time(),
    /** The place at the switchboard that gets this channel's new conversations; null: the switchboard's default. */
    defaultResponderId: uuid(),
    createdAt: time().notNull().defaultNow(),
    /** What an integrator calls it; null: by its own name. */
    apiName: text(),
    /** Whether integrators are told of answers to stories, and of mentions in them. */
    tellsStoryReplies: boolean().notNull().default(true),
    tellsStoryMentions: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique("channel_id").on(t.id),
    // One account answers in one place, whichever app it came through; a disconnected channel gives it free.
    uniqueIndex("channel_one_account").on(t.accountId).where(sql`state <> 'disconnected'`),
  ],
);

/** One way from the button to "Save", through Facebook's dialog or with a pasted token; lives 15 minutes, its token is erased on save or cancel. */
export const connectAttempt = pgTable(
  "connect_attempt",
  {
    workspaceId: uuid().notNull(),
    id: uuid().notNull(),
    memberId: uuid().notNull(),
    /** The channel that is to be reconnected, when it was started from one. */
    channelId: uuid(),
    way: text({ enum: CONNECT_WAYS }).notNull().default("login"),
    /** The own Facebook app that it goes through; null: the installation's. */
    facebookAppId: text(),
    stateHash: text().notNull(),
    browserHash: text().notNull(),
    createdAt: time().notNull(),
    expiresAt: time().notNull(),
    answeredAt: time(),
    finishedAt: time(),
    /** Long-lived user token, or a pasted Page token, encrypted and bound to `connect-attempt:<id>`. */
    userTokenSealed: bytes(),
    personId: text(),
    personName: text(),
    permissions: jsonb().$type<Record<string, string>>(),
    /** Facebook was to show again what was declined before. */
    askedAgain: boolean().notNull().default(false),
    /** Pages and accounts ticked in the dialog, by permission; one that is not there is for all. */
    targets: jsonb().$type<Record<string, string[]>>(),
    /** Why the dialog's answer cannot be used, as a code the page has words for. */
    problem: text(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex().on(t.stateHash),
    foreignKey({ columns: [t.workspaceId, t.memberId], foreignColumns: [member.workspaceId, member.id] }).onDelete(
      "cascade",
    ),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);
