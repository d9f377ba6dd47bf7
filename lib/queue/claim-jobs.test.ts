import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createTestDatabase } from "@/test/database";
import { type Database, databaseOf, openPool } from "../db/connection";
import { claimJobs, claimStatement } from "./claim-jobs";
import { enqueue } from "./enqueue";

const QUEUE = "letters";
const claim = () => ({ queue: QUEUE, limit: 20, leaseToken: randomUUID(), leaseMs: 60_000, running: [1, 2, 3] });

/** 8 kB blocks touched by one claim of 20 jobs: grows with what is looked at, whatever the machine. */
async function blocksOfOneClaim(db: Database): Promise<number> {
  const { rows } = await db.execute<{ "QUERY PLAN": [{ Plan: Record<string, number> }] }>(
    sql`explain (analyze, buffers, format json) ${claimStatement(claim())}`,
  );
  const plan = rows[0]?.["QUERY PLAN"][0].Plan ?? {};
  return (plan["Shared Hit Blocks"] ?? Number.NaN) + (plan["Shared Read Blocks"] ?? Number.NaN);
}

test("a claim looks at what it takes, however much waits, is due later or stands behind a held key", async () => {
  const database = await createTestDatabase();
  const pool = openPool(database.url);
  const db = databaseOf(pool);
  try {
    const numbers = (length: number) => Array.from({ length }, (_, n) => n);
    const heldKey = numbers(100_000).map((n) => ({ queue: QUEUE, key: "held", payload: { n } }));
    const manyKeys = numbers(100_000).map((n) => ({ queue: QUEUE, key: `key ${n % 10_000}`, payload: { n } }));
    const later = numbers(10_000).map((n) => ({
      queue: QUEUE,
      key: `later ${n}`,
      payload: { n },
      delayMs: 86_400_000,
    }));
    // The oldest work of all stands behind one job that is being repeated, as with an endpoint that hangs.
    await db.transaction((tx) => enqueue(tx, heldKey));
    await db.execute(sql`update job set run_at = run_at + interval '1 hour' where state = 'ready'`);
    await db.transaction((tx) => enqueue(tx, [...later, ...manyKeys]));

    const withOldStatistics = await blocksOfOneClaim(db);
    await db.execute(sql`analyze job`);
    const withFreshStatistics = await blocksOfOneClaim(db);
    // 300 to 400 were seen; a scan of the table would be 4,000 and more.
    expect(withOldStatistics).toBeLessThan(1_000);
    expect(withFreshStatistics).toBeLessThan(1_000);

    const claimed = await claimJobs(db, claim());
    expect(new Set(claimed.map((job) => job.key)).size).toBe(20);
    expect(claimed.map((job) => job.key)).not.toContain("held");
  } finally {
    await pool.end();
    await database.drop();
  }
}, 60_000);
