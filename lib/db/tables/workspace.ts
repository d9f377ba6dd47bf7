import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { time } from "./columns";

export const workspace = pgTable("workspace", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  /** Flat, at most 4 KB: what integrators hang on it. */
  metadata: jsonb().$type<Record<string, string | number | boolean>>(),
  createdAt: time().notNull().defaultNow(),
});

/** A person of the brand who signs in with Facebook. */
export const member = pgTable(
  "member",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    id: uuid().notNull(),
    facebookUserId: text().notNull(),
    name: text().notNull(),
    email: text(),
    pictureUrl: text(),
    role: text({ enum: ["owner", "admin", "agent"] }).notNull(),
    /** Start of the current membership; sessions of an earlier one stay void when a person comes back. */
    createdAt: time().notNull().defaultNow(),
    removedAt: time(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex("member_person").on(t.workspaceId, t.facebookUserId),
    index().on(t.facebookUserId),
    unique("member_id").on(t.id),
  ],
);

/** A person as Facebook vouches for them; e-mail and picture are theirs to withhold. */
export type Person = Pick<typeof member.$inferSelect, "facebookUserId" | "name" | "email" | "pictureUrl">;

/** One stay of a member in a workspace, and all that a session says. Name and role are read anew for every request. */
export type Membership = {
  workspaceId: string;
  memberId: string;
  /** The member's createdAt, milliseconds since 1970: who was removed and comes back begins another stay. */
  since: number;
};

/** An invitation by link; only the hash of its token is kept. */
export const invitation = pgTable(
  "invitation",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    id: uuid().notNull(),
    tokenHash: text().notNull(),
    role: text({ enum: ["admin", "agent"] }).notNull(),
    createdBy: uuid().notNull(),
    createdAt: time().notNull(),
    expiresAt: time().notNull(),
    acceptedAt: time(),
    acceptedBy: uuid(),
    revokedAt: time(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    uniqueIndex().on(t.tokenHash),
    foreignKey({ columns: [t.workspaceId, t.createdBy], foreignColumns: [member.workspaceId, member.id] }),
    foreignKey({ columns: [t.workspaceId, t.acceptedBy], foreignColumns: [member.workspaceId, member.id] }),
  ],
);

/** The one-time code that proves who owns a fresh installation; one row at most, void once an owner exists. */
export const setupCode = pgTable(
  "setup_code",
  {
    id: integer().primaryKey().default(1),
    codeHash: text().notNull(),
    createdAt: time().notNull(),
  },
  (t) => [check("setup_code_single", sql`${t.id} = 1`)],
);

/** Wrong setup codes and invitation links since a moment; too many of them close that door for a while. */
export const wrongGuess = pgTable("wrong_guess", {
  subject: text({ enum: ["setup_code", "invitation"] }).primaryKey(),
  count: integer().notNull(),
  since: time().notNull(),
});

/** The number of the last event of a workspace; its row lock makes number order commit order. */
export const workspaceSequence = pgTable("workspace_sequence", {
  workspaceId: uuid()
    .primaryKey()
    .references(() => workspace.id, { onDelete: "cascade" }),
  last: bigint({ mode: "number" }).notNull().default(0),
});

/** Something that happened in the inbox: ids and versions, never content. */
export const event = pgTable(
  "event",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    sequence: bigint({ mode: "number" }).notNull(),
    type: text().notNull(),
    conversationId: uuid(),
    messageId: uuid(),
    channelId: uuid(),
    /** The person it is about, where no conversation tells. */
    contactId: uuid(),
    /** The change of control that it tells of. */
    controlId: uuid(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.sequence] }),
    index("event_control").on(t.workspaceId, t.sequence).where(sql`control_id is not null`),
  ],
);

/** Tests move this row; everywhere else it is 0. SQL reads it through desk_now(). */
export const clock = pgTable(
  "clock",
  { id: integer().primaryKey().default(1), offsetMs: bigint({ mode: "number" }).notNull().default(0) },
  (t) => [check("clock_single", sql`${t.id} = 1`)],
);
