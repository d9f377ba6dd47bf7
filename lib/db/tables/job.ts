import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/**
 * Durable work, strictly in order per (queue, key); a row is gone when its work is done. Of each key only the oldest
 * job is `ready`, the others are `waiting`: a long line behind a slow key costs the search for work nothing.
 */
export const job = pgTable(
  "job",
  {
    id: bigint({ mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    queue: text().notNull(),
    key: text().notNull(),
    payload: jsonb().notNull(),
    state: text({ enum: ["waiting", "ready", "dead"] }).notNull(),
    // Full microseconds: rounded up to a millisecond, a job would not be due yet when its bell rings.
    runAt: timestamp({ withTimezone: true }).notNull(),
    attempts: integer().notNull().default(0),
    leaseToken: uuid(),
    leasedUntil: timestamp({ withTimezone: true }),
    lastError: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    // Not (id): "the oldest job of this key" would then tempt the planner to walk over everybody else's jobs.
    primaryKey({ columns: [t.queue, t.key, t.id] }),
    uniqueIndex("job_head").on(t.queue, t.key).where(sql`${t.state} = 'ready'`),
    index("job_due").on(t.queue, t.runAt, t.id).where(sql`${t.state} = 'ready'`),
    index("job_waiting").on(t.queue, t.key, t.id).where(sql`${t.state} = 'waiting'`),
  ],
);
