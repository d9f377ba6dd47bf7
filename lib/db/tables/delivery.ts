import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytes, time } from "./columns";

/** One POST from Meta as it came in; its bytes are erased once every item is projected. */
export const delivery = pgTable(
  "delivery",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** The Facebook app whose secret verified the signature. */
    facebookAppId: text().notNull(),
    receivedAt: time().notNull().default(sql`desk_now()`),
    body: bytes(),
    state: text({ enum: ["waiting", "done"] })
      .notNull()
      .default("waiting"),
    attempts: integer().notNull().default(0),
    leasedUntil: time(),
  },
  (t) => [index("delivery_waiting").on(t.id).where(sql`state = 'waiting'`)],
);

/** An item that was not shown, in its own raw form, with the reason; kept for 30 days. */
export const setAside = pgTable(
  "set_aside",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid(),
    channelId: uuid(),
    deliveryId: bigint({ mode: "number" }),
    facebookAppId: text().notNull(),
    accountId: text(),
    reason: text().notNull(),
    /** Meta's message id where the item speaks of one, so that an unsend finds and erases it. */
    externalId: text(),
    raw: bytes(),
    createdAt: time().notNull(),
    expiresAt: time().notNull(),
  },
  (t) => [
    index().on(t.workspaceId, t.createdAt),
    index().on(t.facebookAppId, t.accountId),
    index().on(t.channelId, t.externalId),
  ],
);
