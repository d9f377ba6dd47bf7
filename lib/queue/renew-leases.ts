import { sql } from "drizzle-orm";
import type { Database } from "../db/connection";
import type { ClaimedJob } from "./claim-jobs";

/** Gives the jobs another full lease. Returns the ids of those that are still this worker's. */
export async function renewLeases(
  db: Database,
  { queue, jobs, leaseMs }: { queue: string; jobs: ClaimedJob[]; leaseMs: number },
): Promise<Set<number>> {
  const { rows } = await db.execute<{ id: number }>(sql`
    with held as (
      select job.queue, job.key, job.id from job join unnest(
        ${sql.param(jobs.map((job) => job.key))}::text[],
        ${sql.param(jobs.map((job) => job.id))}::bigint[],
        ${sql.param(jobs.map((job) => job.leaseToken))}::uuid[]
      ) as mine (key, id, token) on job.queue = ${queue} and job.key = mine.key and job.id = mine.id and job.lease_token = mine.token
      order by job.key, job.id for update of job
    )
    update job set leased_until = (select desk_now()) + ${leaseMs} * interval '1 millisecond'
    from held where job.queue = held.queue and job.key = held.key and job.id = held.id
    returning job.id`);
  return new Set(rows.map((row) => row.id));
}
