import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytes, time } from "./columns";

/** One POST from Meta as it came in; gone once every item is projected. Nothing changes it meanwhile: a copy of each body would cost more than its projection. */
export const delivery = pgTable("delivery", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  /** The Facebook app whose secret verified the signature. */
  facebookAppId: text().notNull(),
  receivedAt: time().notNull().default(sql`desk_now()`),
  body: bytes(),
});

/** Deliveries that a worker began together; gone with them. Past its lease it is what a process left that ended. */
export const deliveryBatch = pgTable("delivery_batch", {
  /** Its first delivery, so that of two workers who begin the same ones only one does. */
  id: bigint({ mode: "number" }).primaryKey(),
  deliveryIds: bigint({ mode: "number" }).array().notNull(),
  attempts: integer().notNull().default(1),
  leasedUntil: time().notNull(),
});

/** An item that was not shown, in its own raw form, with the reason; kept for 30 days. */
export const setAside = pgTable(
  "set_aside",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid(),
    channelId: uuid(),
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
