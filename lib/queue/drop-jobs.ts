import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";
import { lockKeys } from "./lock-keys";

/**
 * Takes jobs out of the queue that have lost their meaning, begun or not; who runs one finds its lease gone. The next of
 * each key moves up. Ring the queue's bell after the commit. @param which a condition on `job`
 * @returns how many were taken out
 */
export async function dropJobs(tx: Transaction, which: SQL): Promise<number> {
  await lockKeys(tx, sql`(select queue, key from job where ${which}) as dropped (queue, key)`);
  const { rows } = await tx.execute<{ queue: string; key: string }>(
    sql`delete from job where ${which} returning queue, key`,
  );
  await tx.execute(sql`
    update job set state = 'ready' where (queue, key, id) in (
      select j.queue, j.key, min(j.id) from job j
      join (select distinct * from unnest(${sql.param(rows.map((row) => row.queue))}::text[], ${sql.param(rows.map((row) => row.key))}::text[]) as each(queue, key)) given
        on given.queue = j.queue and given.key = j.key
      where j.state = 'waiting' and not exists (
        select from job head where head.queue = j.queue and head.key = j.key and head.state = 'ready')
      group by j.queue, j.key)`);
  return rows.length;
}
