import { sql } from "drizzle-orm";
import type { WriteCtx } from "./context";

/** Remembers when a channel last heard from Instagram, at most every 10 seconds: it is a health sign, not a log. */
export async function noteDeliveries(tx: WriteCtx, channelIds: string[]): Promise<void> {
  if (channelIds.length === 0) return;
  await tx.db.execute(sql`
    update channel set last_delivery_at = desk_now() where id in (
      select id from channel
      where id = any(${sql.param(channelIds)}::uuid[]) and (last_delivery_at is null or last_delivery_at < desk_now() - interval '10 seconds')
      order by id for no key update skip locked)`);
}
