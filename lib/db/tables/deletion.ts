import { sql } from "drizzle-orm";
import { foreignKey, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { channel } from "./channel";
import { bytes, time } from "./columns";
import { member, workspace } from "./workspace";

/** A receipt: that something was erased, when, at whose hand and how much of what; never who it was about. */
export const deletion = pgTable(
  "deletion",
  {
    id: uuid().primaryKey(),
    /** What the person who asked was given; a request that touched several workspaces has a row for each. */
    code: text().notNull(),
    /** Null: nothing was kept of that person. */
    workspaceId: uuid().references(() => workspace.id, { onDelete: "cascade" }),
    subject: text({ enum: ["customer", "facebook_person"] }).notNull(),
    /** The member who erased; null when Facebook passed the request on. */
    memberId: uuid(),
    counts: jsonb().$type<Record<string, number>>().notNull(),
    /** What had to stay, as a code the page has words for. */
    remains: text({ enum: ["only_owner"] }),
    at: time().notNull(),
  },
  (t) => [
    index().on(t.code),
    index().on(t.workspaceId, t.at),
    foreignKey({ columns: [t.workspaceId, t.memberId], foreignColumns: [member.workspaceId, member.id] }),
  ],
);

/** Whose messages were erased, as a keyed hash: what is older than that moment is not taken in again, newer starts afresh. */
export const erasedContact = pgTable(
  "erased_contact",
  {
    workspaceId: uuid().notNull(),
    channelId: uuid().notNull(),
    personHash: bytes().notNull(),
    at: time().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.channelId, t.personHash] }),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);

/** Keys that must outlive a change of ENCRYPTION_KEY, encrypted and bound to `key:<name>`. */
export const sealedKey = pgTable("sealed_key", {
  name: text().primaryKey(),
  sealed: bytes().notNull(),
});

/** Signed requests that were carried out, as hashes: each counts once. */
export const usedRequest = pgTable("used_request", {
  hash: bytes().primaryKey(),
  at: time().notNull().default(sql`desk_now()`),
});
