import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";

/**
 * Makes waiting heads of keys due now: what they waited for has come. Nothing else about them changes. Ring the queue's
 * bell after the commit.
 * @param keys a query for the keys, as text
 */
export async function hastenJobs(tx: Transaction, queue: string, keys: SQL): Promise<void> {
  await tx.execute(sql`
    update job set run_at = desk_now()
    where queue = ${queue} and state = 'ready' and lease_token is null and run_at > desk_now() and key in (${keys})`);
}
