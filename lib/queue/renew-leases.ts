import { sql } from "drizzle-orm";
import type { Database } from "../db/connection";
import type { ClaimedJob } from "./claim-jobs";

/** Gives the jobs another full lease. Returns the ids of those that are still this worker's. */
export async function renewLeases(
  db: Database,
  { queue, jobs, leaseMs }: { queue: string; jobs: ClaimedJob[]; leaseMs: number },
): Promise<Set<number>> {
  const { rows } = await db.execute<{ id: number }>(sql`
    update job set leased_until = desk_now() + ${leaseMs} * interval '1 millisecond'
    from unnest(
      ${sql.param(jobs.map((job) => job.key))}::text[],
      ${sql.param(jobs.map((job) => job.id))}::bigint[],
      ${sql.param(jobs.map((job) => job.leaseToken))}::uuid[]
    ) as mine (key, id, token)
    where job.queue = ${queue} and job.key = mine.key and job.id = mine.id and job.lease_token = mine.token
    returning job.id`);
  return new Set(rows.map((row) => row.id));
}
