import { sql } from "drizzle-orm";
import { newId } from "../ids";
import { dropJobs } from "../queue/drop-jobs";
import { enqueue } from "../queue/enqueue";
import type { NewJob } from "../queue/job";
import { type Ctx, type WriteCtx, write } from "./context";
import { nextComparison } from "./next-comparison";
import type { BackFillReason } from "./types";

/** What a customer wrote within this time before an account was connected still waits for an answer; the rest is history. */
const STILL_NEWS_HOURS = 24;
/** Meta's clock and ours may differ; what was listed lately is listed once more. */
const SLACK_MINUTES = 10;

export type StartBackFill = {
  workspaceId: string;
  channelId: string;
  reason: BackFillReason;
  /** The member who asked for it. */
  startedBy?: string;
};

/**
 * Begins to read what Meta still gives of an account's conversations, in the place of one that is under way. After the
 * first time only threads that changed since are read, unless a person asks. @returns its id; null when there is no such channel
 */
export async function startBackFill(ctx: Ctx | WriteCtx, input: StartBackFill): Promise<string | null> {
  return write(ctx, async (tx) => {
    const { workspaceId, channelId, reason } = input;
    const { rows: channels } = await tx.db.execute<{ now: Date }>(sql`
      select desk_now() as now from channel
      where workspace_id = ${workspaceId} and id = ${channelId} and state <> 'disconnected' for no key update`);
    const channel = channels[0];
    if (!channel) return null;
    await tx.db.execute(sql`
      update back_fill set state = 'replaced', finished_at = desk_now(), resumes_at = null
      where workspace_id = ${workspaceId} and channel_id = ${channelId} and state in ('listing', 'reading')`);
    // The job of the one before may be waiting for better days, and would hold this one up.
    await dropJobs(tx.db, sql`queue = 'back-fill' and key = ${channelId}`);
    const id = newId();
    const everything = reason === "connect" || reason === "by_hand";
    await tx.db.execute(sql`
      insert into back_fill (workspace_id, id, channel_id, reason, state, since, unread_since, started_by, created_at)
      select h.workspace_id, ${id}, h.id, ${reason}, 'listing',
        case when ${!everything} then (
          select max(b.created_at) - make_interval(mins => ${SLACK_MINUTES}) from back_fill b
          where b.workspace_id = h.workspace_id and b.channel_id = h.id and b.state in ('done', 'canceled')) end,
        case when ${reason === "connect"} then desk_now() - make_interval(hours => ${STILL_NEWS_HOURS}) else coalesce((
          select b.unread_since from back_fill b where b.workspace_id = h.workspace_id and b.channel_id = h.id
          order by b.created_at desc limit 1),
          coalesce(h.connected_at, h.created_at) - make_interval(hours => ${STILL_NEWS_HOURS})) end,
        ${input.startedBy ?? null}, desk_now()
      from channel h where h.workspace_id = ${workspaceId} and h.id = ${channelId}`);
    await enqueue(tx.db, [
      { queue: "back-fill", key: channelId, payload: { workspaceId, backFillId: id } },
      ...(await comparison(tx, input, channel.now)),
    ]);
    tx.record({ workspaceId, type: "channel.changed", channelId });
    tx.wake("jobs");
    return id;
  });
}

/** The nightly comparison of a channel is one job that stays; without it, it is made. */
async function comparison(tx: WriteCtx, { workspaceId, channelId }: StartBackFill, now: Date): Promise<NewJob[]> {
  const { rows } = await tx.db.execute(
    sql`select id from job where queue = 'compare' and key = ${channelId} and state <> 'dead' limit 1`,
  );
  const runAt = nextComparison(channelId, now);
  return rows.length > 0 ? [] : [{ queue: "compare", key: channelId, payload: { workspaceId, channelId }, runAt }];
}
