import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";

/** When a job that is being worked on was hastened meanwhile: it is due as soon as it is laid down again. */
export const HASTENED = sql`'-infinity'::timestamptz`;

/**
 * Makes waiting heads of keys due now: what they waited for has come. One that is being worked on may just have looked in
 * vain: laid down again it is due at once. Nothing else about them changes. Ring the queue's bell after the commit.
 * @param keys a query for the keys, as text
 */
export async function hastenJobs(tx: Transaction, queue: string, keys: SQL): Promise<void> {
  // Locked in one order with those who renew leases.
  await tx.execute(sql`
    with head as (
      select queue, key, id from job
      where queue = ${queue} and state = 'ready' and (run_at > desk_now() or lease_token is not null) and key in (${keys})
      order by key, id for update
    )
    update job set run_at = case when lease_token is null then desk_now() else ${HASTENED} end
    from head where job.queue = head.queue and job.key = head.key and job.id = head.id`);
}
