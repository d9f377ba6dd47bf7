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
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, time } from "./columns";
import { workspace } from "./workspace";

/** Where an integrator wants to be told what happens. */
export const webhook = pgTable(
  "webhook",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    id: uuid().notNull(),
    /** A custom integration of the workspace, or one of its channels. */
    integrationId: uuid().notNull(),
    target: text().notNull(),
    triggers: jsonb().$type<string[]>().notNull(),
    includeFullUser: boolean().notNull().default(false),
    includeFullSource: boolean().notNull().default(false),
    /** What `X-API-Key` carries, encrypted and bound to `webhook:<id>`. */
    secretSealed: bytes().notNull(),
    /** What signatures are made with, encrypted and bound to `webhook-signing:<id>`. */
    signingSecretSealed: bytes().notNull(),
    /** Why nothing is sent any more, in words; null while it is served. */
    disabledReason: text(),
    /** Attempts that failed one after another, since when, and when the next may start. */
    failures: integer().notNull().default(0),
    failingSince: time(),
    resumeAt: time(),
    createdAt: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** How far a workspace's log has been handed to its webhooks; exists once it has one. */
export const webhookCursor = pgTable("webhook_cursor", {
  workspaceId: uuid()
    .primaryKey()
    .references(() => workspace.id, { onDelete: "cascade" }),
  sequence: bigint({ mode: "number" }).notNull(),
});

/** Something one webhook is to be told: ids, never content, which is read when it is sent. */
export const webhookEvent = pgTable(
  "webhook_event",
  {
    workspaceId: uuid().notNull(),
    webhookId: uuid().notNull(),
    /** Order of telling. */
    number: bigint({ mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    /** The same over all attempts and replays. */
    id: uuid().notNull(),
    trigger: text().notNull(),
    conversationId: uuid(),
    messageId: uuid(),
    /** The person it is about, where no conversation tells. */
    contactId: uuid(),
    /** The change of control that it tells of. */
    controlId: uuid(),
    /** Why it happened, where the payload says so. */
    reason: text(),
    createdAt: time().notNull(),
    state: text({ enum: ["pending", "delivered", "failed"] }).notNull(),
    attempts: integer().notNull().default(0),
    settledAt: time(),
    /** When a person asked for it to be told again; the schedule starts anew then. */
    replayedAt: time(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.webhookId, t.number] }),
    index("webhook_event_pending").on(t.webhookId, t.number).where(sql`state = 'pending'`),
    index("webhook_event_settled").on(t.settledAt).where(sql`state <> 'pending'`),
    foreignKey({ columns: [t.workspaceId, t.webhookId], foreignColumns: [webhook.workspaceId, webhook.id] }).onDelete(
      "cascade",
    ),
  ],
);

/** One POST to a webhook, without what it said. */
export const webhookAttempt = pgTable(
  "webhook_attempt",
  {
    workspaceId: uuid().notNull(),
    webhookId: uuid().notNull(),
    id: uuid().notNull(),
    at: time().notNull(),
    /** Numbers of the events it told, in order. */
    events: bigint({ mode: "number" }).array().notNull(),
    /** The answer's status; null when there was none. */
    status: integer(),
    durationMs: integer().notNull(),
    outcome: text({ enum: ["delivered", "again", "failed"] }).notNull(),
    /** In words. */
    reason: text(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.webhookId, t.id] }),
    index("webhook_attempt_at").on(t.at),
    foreignKey({ columns: [t.workspaceId, t.webhookId], foreignColumns: [webhook.workspaceId, webhook.id] }).onDelete(
      "cascade",
    ),
  ],
);
