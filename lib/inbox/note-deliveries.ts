import { sql } from "drizzle-orm";
import { now, SECOND } from "../time";
import type { WriteCtx } from "./context";
import type { ChannelRef } from "./find-channels";

const AT_MOST_EVERY_MS = 10 * SECOND;

/** Remembers when a channel last heard from Instagram, at most every 10 seconds: it is a health sign, not a log. */
export async function noteDeliveries(tx: WriteCtx, channels: Iterable<ChannelRef>): Promise<void> {
  const before = now() - AT_MOST_EVERY_MS;
  const due = [...channels].filter(({ lastDeliveryAt }) => (lastDeliveryAt?.getTime() ?? 0) < before);
  if (due.length === 0) return;
  await tx.db.execute(sql`
    update channel h set last_delivery_at = desk_now() from (
      select channel.workspace_id, channel.id from channel
      join unnest(${sql.param(due.map((channel) => channel.workspaceId))}::uuid[], ${sql.param(due.map((channel) => channel.channelId))}::uuid[])
        as given(workspace_id, id) on given.workspace_id = channel.workspace_id and given.id = channel.id
      order by channel.id for no key update of channel skip locked) free
    where h.workspace_id = free.workspace_id and h.id = free.id`);
}
