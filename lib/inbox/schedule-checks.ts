import { sql } from "drizzle-orm";
import { enqueue } from "../queue/enqueue";
import { hastenJobs } from "../queue/hasten-jobs";
import { type Ctx, type WriteCtx, write } from "./context";

/** First half of an advisory lock's number; one process at a time looks for channels without a job. */
const SCHEDULING = 7_304;

/** Gives every connected channel the one job that looks at it now and again. @returns how many got one */
export async function scheduleChecks(ctx: Ctx): Promise<number> {
  return write(ctx, async (tx) => {
    const { rows: free } = await tx.db.execute<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(${SCHEDULING}, 0) as free`,
    );
    if (!free[0]?.free) return 0;
    const { rows } = await tx.db.execute<{ workspaceId: string; channelId: string }>(sql`
      select h.workspace_id as "workspaceId", h.id as "channelId" from channel h
      where h.state <> 'disconnected' and h.token_sealed is not null and not exists (
        select from job j where j.queue = 'doctor' and j.key = h.id::text and j.state <> 'dead')`);
    await enqueue(
      tx.db,
      rows.map((row) => ({ queue: "doctor", key: row.channelId, payload: row })),
    );
    if (rows.length > 0) tx.wake("jobs");
    return rows.length;
  });
}

/** A channel that was just connected is looked at now. */
export async function checkSoon(tx: WriteCtx, channel: { workspaceId: string; channelId: string }): Promise<void> {
  const { workspaceId, channelId } = channel;
  const { rows } = await tx.db.execute(sql`
    select 1 from job where queue = 'doctor' and key = ${channelId} and state <> 'dead'`);
  if (rows.length > 0) await hastenJobs(tx.db, "doctor", sql`select ${channelId}::text`);
  else await enqueue(tx.db, { queue: "doctor", key: channelId, payload: { workspaceId, channelId } });
}
