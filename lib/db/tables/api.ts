import { boolean, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes, time } from "./columns";
import { workspace } from "./workspace";

/** Something an integrator made in the workspace that gets events and may act: the public API's custom integration. */
export const customIntegration = pgTable(
  "custom_integration",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    id: uuid().notNull(),
    name: text(),
    createdAt: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

/** A key of the public API. It stays as a row when revoked, so that what it wrote keeps its name. */
export const apiKey = pgTable(
  "api_key",
  {
    /** `act_`, `app_` or `int_` and 24 hexadecimal digits, by its scope. */
    id: text().primaryKey(),
    scope: text({ enum: ["account", "app", "integration"] }).notNull(),
    /** Null for account keys: they are the whole installation's. */
    workspaceId: uuid().references(() => workspace.id, { onDelete: "cascade" }),
    integrationId: uuid(),
    name: text().notNull(),
    /** The secret, encrypted and bound to `api-key:<id>`: tokens are signed with it, so a hash would not do. */
    secretSealed: bytes().notNull(),
    /** Whether people write through it: only then may a reply leave after 24 hours. */
    people: boolean().notNull().default(false),
    createdBy: uuid(),
    createdAt: time().notNull(),
    lastUsedAt: time(),
    revokedAt: time(),
  },
  (t) => [
    index().on(t.workspaceId, t.createdAt),
    foreignKey({
      columns: [t.workspaceId, t.integrationId],
      foreignColumns: [customIntegration.workspaceId, customIntegration.id],
    }).onDelete("cascade"),
  ],
);
