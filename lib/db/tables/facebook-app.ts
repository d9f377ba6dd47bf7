import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes, time } from "./columns";
import { workspace } from "./workspace";

/** A Facebook app that a channel brought with it; the installation's own app stands in the environment, never here. */
export const facebookApp = pgTable(
  "facebook_app",
  {
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id, { onDelete: "cascade" }),
    /** The number on Meta's dashboard. */
    id: text().notNull(),
    name: text(),
    /** App secret, encrypted and bound to `facebook-app:<workspace>:<id>`. */
    secretSealed: bytes().notNull(),
    /** What Meta's handshake must say; shown to admins, so that they can paste it. */
    verifyToken: text().notNull(),
    createdBy: uuid(),
    createdAt: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);
