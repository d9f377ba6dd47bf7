import { foreignKey, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { channel } from "./channel";
import { time } from "./columns";

/** One thing that the doctor knew of a channel, from `changedAt` to `checkedAt`; the youngest of a line is what holds now. */
export const channelCheck = pgTable(
  "channel_check",
  {
    workspaceId: uuid().notNull(),
    channelId: uuid().notNull(),
    /** Which part of the connection, e.g. page_link. */
    line: text().notNull(),
    state: text({ enum: ["good", "bad", "unknown"] }).notNull(),
    /** What exactly was found; screens have the words for it. */
    code: text().notNull(),
    /** Names and moments that the words need; never a secret. */
    evidence: jsonb().$type<Record<string, string | number | null>>().notNull(),
    checkedAt: time().notNull(),
    changedAt: time().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.channelId, t.line, t.changedAt] }),
    foreignKey({ columns: [t.workspaceId, t.channelId], foreignColumns: [channel.workspaceId, channel.id] }).onDelete(
      "cascade",
    ),
  ],
);
