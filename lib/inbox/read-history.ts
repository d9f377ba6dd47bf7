import { type SQL, sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { now } from "../time";
import { type Ctx, requireAdmin } from "./context";
import type { BackFillRow, ChannelHistory } from "./types";

/** How far back a page tells what comparisons have found. */
const FOUND_DAYS = 14;
const MOST_FOUND = 5;

/** What a channel's page shows of its history: what is being read now, what was read last, what comparisons found. @throws AppError forbidden, not_found */
export async function readHistory(ctx: Ctx, input: { channelId: string }): Promise<ChannelHistory> {
  const { workspaceId } = requireAdmin(ctx);
  const { rows } = isId(input.channelId)
    ? await ctx.db.execute<{ nextComparisonAt: Date | null }>(sql`
        select case when h.state <> 'disconnected' then (
          select min(j.run_at) from job j where j.queue = 'compare' and j.key = h.id::text and j.state = 'ready') end as "nextComparisonAt"
        from channel h where h.workspace_id = ${workspaceId} and h.id = ${input.channelId}`)
    : { rows: [] };
  const channel = rows[0];
  if (!channel) throw new AppError("not_found", "There is no such channel.");
  const of = sql`workspace_id = ${workspaceId} and channel_id = ${input.channelId}`;
  const [running, last, found] = await Promise.all([
    select(ctx, sql`${of} and state in ('listing', 'reading') limit 1`),
    select(ctx, sql`${of} and state in ('done', 'failed', 'canceled') order by created_at desc limit 1`),
    select(
      ctx,
      sql`${of} and reason in ('nightly', 'reconnect') and messages > 0 and created_at > desk_now() - make_interval(days => ${FOUND_DAYS})
        and state not in ('listing', 'reading') order by created_at desc limit ${MOST_FOUND}`,
    ),
  ]);
  return {
    running: running[0] ?? null,
    last: last[0] ?? null,
    found,
    nextComparisonAt: channel.nextComparisonAt?.getTime() ?? null,
    now: now(),
  };
}

type BackFillRecord = Omit<BackFillRow, "createdAt" | "resumesAt" | "finishedAt"> & {
  createdAt: Date;
  resumesAt: Date | null;
  finishedAt: Date | null;
};

/** @param rest everything after `where`, on `back_fill` */
async function select(ctx: Ctx, rest: SQL): Promise<BackFillRow[]> {
  const { rows } = await ctx.db.execute<BackFillRecord>(sql`
    select id, reason, case when state = 'replaced' then 'canceled' else state end as state, threads, threads_read as "threadsRead",
      threads_refused as "threadsRefused", messages, conversations, problem, created_at as "createdAt", resumes_at as "resumesAt",
      finished_at as "finishedAt"
    from back_fill where ${rest}`);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    resumesAt: row.resumesAt?.getTime() ?? null,
    finishedAt: row.finishedAt?.getTime() ?? null,
  }));
}
