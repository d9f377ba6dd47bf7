import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/connection";
import type { ClaimedJob } from "./claim-jobs";
import { HASTENED } from "./hasten-jobs";
import { lockKeys } from "./lock-keys";

/** What becomes of a job after an attempt. */
export type Settlement =
  | { as: "done" }
  | { as: "dead"; reason: string }
  | { as: "again"; delayMs: number; reason: string }
  /** The attempt was none: it is not counted and leaves no reason. */
  | { as: "postponed"; delayMs: number };

/** `lost`, and nothing changed: the lease has gone to another worker meanwhile. `next`: a job of the key is due now. */
export type Settled = "settled" | "next" | "lost";

/** Records an attempt's outcome. */
export async function settleJob(
  db: Database,
  { queue, job, settlement }: { queue: string; job: ClaimedJob; settlement: Exclude<Settlement, { as: "done" }> },
): Promise<Settled> {
  const mine = sql`queue = ${queue} and key = ${job.key} and id = ${job.id} and lease_token = ${job.leaseToken}`;
  const ready = sql`update job set lease_token = null, leased_until = null`;
  switch (settlement.as) {
    case "dead": {
      const dead = sql`${ready}, state = 'dead', last_error = ${settlement.reason}`;
      const left = await leave(db, { queue, jobs: [job], departure: dead });
      return left.get(job.id) ?? "lost";
    }
    case "again":
      return changed(db, sql`${ready}, ${due(settlement.delayMs)}, last_error = ${settlement.reason} where ${mine}`);
    case "postponed":
      return changed(db, sql`${ready}, ${due(settlement.delayMs)}, attempts = attempts - 1 where ${mine}`);
  }
}

/** Takes jobs that are done out of the queue. */
export async function finishJobs(db: Database, queue: string, jobs: ClaimedJob[]): Promise<Settled[]> {
  const left = await leave(db, { queue, jobs, departure: DONE });
  return jobs.map(({ id }) => left.get(id) ?? "lost");
}

const DONE = sql`delete from job`;

type Leaving = { queue: string; jobs: ClaimedJob[]; departure: SQL };

/** Heads leave their keys and the next in line take their places. @returns what became of those that have left, by id */
async function leave(db: Database, { queue, jobs, departure }: Leaving): Promise<Map<number, Settled>> {
  const keys = sql.param(jobs.map(({ key }) => key));
  // Locked in one order with those who renew leases.
  const mine = sql`(
      select * from unnest(${keys}::text[], ${sql.param(jobs.map(({ id }) => id))}::bigint[],
        ${sql.param(jobs.map(({ leaseToken }) => leaseToken))}::uuid[]) as given (key, id, token) order by key, id
    ) as mine, lateral (
      select ctid as place from job
      where queue = ${queue} and key = mine.key and id = mine.id and lease_token = mine.token limit 1 for update
    ) as held`;
  return db.transaction(async (tx) => {
    // Else a job being enqueued behind a head at this moment would wait for ever: it sees the head, we do not see it.
    await lockKeys(tx, sql`(select ${queue}::text as queue, unnest(${keys}::text[]) as key) as leaving`);
    // A row that a renewed lease has moved meanwhile is found in its new place only by the statement after this one.
    await tx.execute(sql`select from ${mine}`);
    // By their places: the table is hardly ever what its statistics say, and a join by keys would be made by reading all of it.
    const { rows } = await tx.execute<{ id: number; next: boolean }>(sql`
      with departed as (
        ${departure} where ctid = any (array (select held.place from ${mine})) returning key, id
      ), successor as (
        update job set state = 'ready' where ctid = any (array (
          select next.place from departed, lateral (
            select ctid as place from job
            where queue = ${queue} and key = departed.key and state = 'waiting' order by id limit 1
          ) as next
        )) returning key
      )
      select departed.id, successor.key is not null as next from departed left join successor using (key)`);
    return new Map(rows.map(({ id, next }) => [id, next ? "next" : "settled"]));
  });
}

async function changed(db: Database, statement: SQL): Promise<Settled> {
  const { rows } = await db.execute<{ due: boolean }>(sql`${statement} returning run_at <= (select desk_now()) as due`);
  const [row] = rows;
  if (!row) return "lost";
  return row.due ? "next" : "settled";
}

function due(delayMs: number): SQL {
  return sql`run_at = desk_now() + case when run_at = ${HASTENED} then 0 else ${delayMs}::float8 end * interval '1 millisecond'`;
}
