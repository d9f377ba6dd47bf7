import { boolean, foreignKey, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytes, time } from "./columns";
import { conversation } from "./conversation";
import { message } from "./message";
import { workspace } from "./workspace";

/** A file that a program uploaded, served to everyone who knows its address. Here and not on a disk, so that every process has it. */
export const attachment = pgTable(
  "attachment",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    /** The unguessable end of its address. */
    token: text().primaryKey(),
    contentType: text().notNull(),
    name: text().notNull(),
    size: integer().notNull(),
    content: bytes().notNull(),
    /** Whether it ends with the message that shows it. */
    forMessage: boolean().notNull(),
    conversationId: uuid(),
    messageId: uuid(),
    createdAt: time().notNull(),
  },
  (t) => [
    index().on(t.workspaceId, t.messageId),
    index().on(t.workspaceId, t.conversationId),
    index().on(t.createdAt),
    foreignKey({
      columns: [t.workspaceId, t.conversationId],
      foreignColumns: [conversation.workspaceId, conversation.id],
    }).onDelete("cascade"),
    foreignKey({ columns: [t.workspaceId, t.messageId], foreignColumns: [message.workspaceId, message.id] }).onDelete(
      "cascade",
    ),
  ],
);
