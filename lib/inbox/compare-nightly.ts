import { sql } from "drizzle-orm";
import { enqueue } from "../queue/enqueue";
import { type Ctx, write } from "./context";
import { nextComparison } from "./next-comparison";
import { startBackFill } from "./start-back-fill";

/** Advisory lock of the database. */
const PLANNING = 7_305;

/**
 * Once a day: what Instagram has of a channel is compared with what the desk has. One that is being read already needs
 * no other; a broken one is read as soon as it works again. @returns ms until the next time; null when the channel is gone
 */
export async function compareNightly(
  ctx: Ctx,
  input: { workspaceId: string; channelId: string },
): Promise<number | null> {
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ state: string; running: boolean; now: Date }>(sql`
      select h.state, desk_now() as now, exists (
        select from back_fill b where b.channel_id = h.id and b.state in ('listing', 'reading')) as running
      from channel h where h.workspace_id = ${input.workspaceId} and h.id = ${input.channelId} and h.state <> 'disconnected'
      for no key update of h`);
    const channel = rows[0];
    if (!channel) return null;
    if (channel.state === "healthy" && !channel.running) await startBackFill(tx, { ...input, reason: "nightly" });
    return nextComparison(input.channelId, channel.now).getTime() - channel.now.getTime();
  });
}

/** Channels without their nightly job: those of an earlier version of the product. */
export async function planComparisons(ctx: Ctx): Promise<void> {
  await write(ctx, async (tx) => {
    // Of several processes that start together only one plans.
    await tx.db.execute(sql`select pg_advisory_xact_lock(${PLANNING})`);
    const { rows } = await tx.db.execute<{ workspaceId: string; channelId: string; now: Date }>(sql`
      select h.workspace_id as "workspaceId", h.id as "channelId", desk_now() as now from channel h
      where h.state <> 'disconnected' and not exists (
        select from job j where j.queue = 'compare' and j.key = h.id::text and j.state <> 'dead')
      order by h.id limit 1000`);
    await enqueue(
      tx.db,
      rows.map(({ now, ...payload }) => ({
        queue: "compare",
        key: payload.channelId,
        payload,
        runAt: nextComparison(payload.channelId, now),
      })),
    );
  });
}
