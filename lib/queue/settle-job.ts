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

/** Records an attempt's outcome. False, and nothing changed, when the lease has gone to another worker meanwhile. */
export async function settleJob(
  db: Database,
  { queue, job, settlement }: { queue: string; job: ClaimedJob; settlement: Settlement },
): Promise<boolean> {
  const mine = sql`queue = ${queue} and key = ${job.key} and id = ${job.id} and lease_token = ${job.leaseToken}`;
  const ready = sql`update job set lease_token = null, leased_until = null`;
  switch (settlement.as) {
    case "done":
      return leave(db, { queue, key: job.key, departure: sql`delete from job where ${mine}` });
    case "dead":
      return leave(db, {
        queue,
        key: job.key,
        departure: sql`${ready}, state = 'dead', last_error = ${settlement.reason} where ${mine}`,
      });
    case "again":
      return changed(db, sql`${ready}, ${due(settlement.delayMs)}, last_error = ${settlement.reason} where ${mine}`);
    case "postponed":
      return changed(db, sql`${ready}, ${due(settlement.delayMs)}, attempts = attempts - 1 where ${mine}`);
  }
}

/** The head leaves its key and the next in line takes its place. */
async function leave(db: Database, step: { queue: string; key: string; departure: SQL }): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Else a job being enqueued behind this head at this moment would wait for ever: it sees the head, we do not see it.
    await lockKeys(tx, sql`(values (${step.queue}::text, ${step.key}::text)) as leaving (queue, key)`);
    const { rows } = await tx.execute(sql`
      with departed as (${step.departure} returning queue, key), successor as (
        update job set state = 'ready'
        where exists (select from departed) and queue = ${step.queue} and key = ${step.key} and id = (
          select id from job where queue = ${step.queue} and key = ${step.key} and state = 'waiting' order by id limit 1
        )
      )
      select from departed`);
    return rows.length === 1;
  });
}

async function changed(db: Database, statement: SQL): Promise<boolean> {
  const { rowCount } = await db.execute(statement);
  return rowCount === 1;
}

function due(delayMs: number): SQL {
  return sql`run_at = desk_now() + case when run_at = ${HASTENED} then 0 else ${delayMs}::float8 end * interval '1 millisecond'`;
}
