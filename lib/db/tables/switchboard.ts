import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { customIntegration } from "./api";
import { time } from "./columns";
import { conversation, type StoredMetadata } from "./conversation";
import { workspace } from "./workspace";

/** Says who answers conversations: at most one in a workspace. While it is off, everybody hears everything. */
export const switchboard = pgTable("switchboard", {
  workspaceId: uuid()
    .primaryKey()
    .references(() => workspace.id, { onDelete: "cascade" }),
  id: uuid().notNull(),
  enabled: boolean().notNull(),
  /** Who gets new conversations; one of its integrations. */
  defaultId: uuid(),
  createdAt: time().notNull(),
});

/** A place at the switchboard: an integrator's program, or the desk's own inbox, where people answer. */
export const switchboardIntegration = pgTable(
  "switchboard_integration",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => switchboard.workspaceId, { onDelete: "cascade" }),
    id: uuid().notNull(),
    name: text().notNull(),
    /** Null for the inbox. */
    integrationId: uuid(),
    /** As it was given: the inbox has two names. */
    integrationType: text().notNull(),
    deliverStandbyEvents: boolean().notNull(),
    /** To whom it hands on unless it says to whom; one of the same switchboard. */
    nextId: uuid(),
    /** So many messages come with control. */
    messageHistoryCount: integer(),
    /** Expressly a program's: what is written through it never counts as a person's. */
    bot: boolean().notNull(),
    createdAt: time().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique("switchboard_integration_name").on(t.workspaceId, t.name),
    uniqueIndex("switchboard_integration_once").on(t.workspaceId, t.integrationId),
    uniqueIndex("switchboard_integration_inbox").on(t.workspaceId).where(sql`integration_id is null`),
    foreignKey({
      columns: [t.workspaceId, t.integrationId],
      foreignColumns: [customIntegration.workspaceId, customIntegration.id],
    }).onDelete("cascade"),
  ],
);

/** Who held a conversation, as it was called then. */
export type StoredHolder = { id: string; name: string; integrationId: string | null; integrationType: string };

/** Control of a conversation went from one to another, was offered, or was asked for in vain. */
export const controlChange = pgTable(
  "control_change",
  {
    workspaceId: uuid().notNull(),
    id: uuid().notNull(),
    conversationId: uuid().notNull(),
    metadata: jsonb().$type<StoredMetadata>(),
    reason: text(),
    /** Why nothing changed; null when something did. */
    failure: jsonb().$type<{ code: string; message: string }>(),
    /** Afterwards. */
    holder: jsonb().$type<StoredHolder>(),
    offeredTo: jsonb().$type<StoredHolder>(),
    /** Before. */
    wasHolderId: uuid(),
    wasOfferedToId: uuid(),
    at: time().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index("control_change_conversation").on(t.workspaceId, t.conversationId),
    index("control_change_at").on(t.at),
    foreignKey({
      columns: [t.workspaceId, t.conversationId],
      foreignColumns: [conversation.workspaceId, conversation.id],
    }).onDelete("cascade"),
  ],
);
