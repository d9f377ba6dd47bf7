import { sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";
import type { NewJob } from "./job";
import { lockKeys } from "./lock-keys";

/**
 * Adds jobs inside the caller's transaction (read committed): they exist once it commits. The keys stay locked until
 * then, which makes the order of numbers the order of commits; call it once per transaction, late, with the whole list.
 * Ring the queue's bell after the commit.
 */
export async function enqueue(tx: Transaction, jobs: NewJob | readonly NewJob[]): Promise<void> {
  const list = [jobs].flat().map((job) => ({
    queue: job.queue,
    key: job.key,
    payload: job.payload,
    run_at: job.runAt?.toISOString(),
    delay_ms: job.delayMs ?? 0,
  }));
  if (list.length === 0) return;
  const added = sql`rows from (jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
    as (queue text, key text, payload jsonb, run_at timestamptz, delay_ms float8)) with ordinality
    as added (queue, key, payload, run_at, delay_ms, position)`;

  await lockKeys(tx, added);
  // A statement of its own: it must see what was committed while waiting for the locks.
  await tx.execute(sql`
    insert into job (queue, key, payload, state, run_at, created_at)
    select queue, key, payload,
      case when row_number() over (partition by queue, key order by position) = 1 and not exists (
        select from job where job.queue = added.queue and job.key = added.key and job.state = 'ready'
      ) then 'ready' else 'waiting' end,
      coalesce(run_at, clock.now + delay_ms * interval '1 millisecond'), clock.now
    from ${added}, (select desk_now() as now) as clock
    order by position`);
}
