import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/connection";

/** A job under this worker's lease. */
export type ClaimedJob = {
  id: number;
  key: string;
  payload: unknown;
  leaseToken: string;
  /** Including the one that now begins. */
  attempts: number;
  /** Of the attempt before. */
  lastError: string | null;
  /** The attempt before never reported: its process died or lost the lease. */
  abandoned: boolean;
};

export type Claim = {
  queue: string;
  limit: number;
  leaseToken: string;
  leaseMs: number;
  /** Jobs that this process still works on, whatever became of their leases. */
  running: number[];
};

/** Leases up to `limit` due heads of keys, the longest due first. */
export async function claimJobs(db: Database, claim: Claim): Promise<ClaimedJob[]> {
  const { rows } = await db.execute<Omit<ClaimedJob, "leaseToken">>(claimStatement(claim));
  return rows.map((row) => ({ ...row, leaseToken: claim.leaseToken }));
}

export function claimStatement({ queue, limit, leaseToken, leaseMs, running }: Claim): SQL {
  // Taken by their places: a join by keys would now and then be made by reading the whole table.
  return sql`
    with head as (
      select ctid as place, id, last_error, lease_token is not null as abandoned
      from job
      where queue = ${queue} and state = 'ready' and run_at <= (select desk_now())
        and (leased_until is null or leased_until <= (select desk_now()))
        and id <> all (${sql.param(running)}::bigint[])
      order by run_at, id
      limit ${limit}
      for update skip locked
    ), leased as (
      update job
      set lease_token = ${leaseToken}, leased_until = (select desk_now()) + ${leaseMs} * interval '1 millisecond',
        attempts = attempts + 1
      where ctid = any (array (select place from head))
      returning id, key, payload, attempts
    )
    select leased.*, head.last_error as "lastError", head.abandoned from leased join head using (id)`;
}
