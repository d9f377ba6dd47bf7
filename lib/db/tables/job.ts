import { bigint, index, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Durable work, strictly in order per (queue, key); a row is gone when its work is done. */
export const job = pgTable(
  "job",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    queue: text().notNull(),
    key: text().notNull(),
    payload: jsonb().notNull(),
    state: text({ enum: ["ready", "dead"] })
      .notNull()
      .default("ready"),
    runAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    attempts: integer().notNull().default(0),
    leaseToken: uuid(),
    leasedUntil: timestamp({ withTimezone: true, precision: 3 }),
    lastError: text(),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (t) => [index().on(t.queue, t.key, t.id), index().on(t.queue, t.state, t.runAt)],
);
