import { sql } from "drizzle-orm";
import { errorMessage } from "../lib/errors";
import { planComparisons } from "../lib/inbox/compare-nightly";
import type { Ctx } from "../lib/inbox/context";
import { scheduleChecks } from "../lib/inbox/schedule-checks";
import { sweepConnectAttempts } from "../lib/inbox/sweep-connect-attempts";
import { log } from "../lib/log";

/** Plans what every channel needs daily, and throws away what is kept for a stated time only: items set aside, old events, parked marks, uploads that Meta forgot, finished attempts, what webhooks were told, old comparisons, requests too old to be repeated. */
export async function sweep(ctx: Ctx): Promise<void> {
  try {
    await ctx.db.execute(sql`delete from set_aside where expires_at < desk_now()`);
    await ctx.db.execute(sql`delete from event where at < desk_now() - interval '7 days'`);
    await ctx.db.execute(sql`delete from parked where at < desk_now() - interval '30 days'`);
    await ctx.db.execute(sql`delete from upload where created_at < desk_now() - interval '90 days'`);
    await ctx.db.execute(sql`
      delete from attachment where for_message and message_id is null and created_at < desk_now() - interval '7 days'`);
    await ctx.db.execute(sql`delete from used_request where at < desk_now() - interval '2 days'`);
    await ctx.db.execute(sql`delete from erased_account where erased_at < desk_now() - interval '7 days'`);
    await ctx.db.execute(sql`
      delete from channel_check c where c.checked_at < desk_now() - interval '90 days' and exists (
        select from channel_check later where later.workspace_id = c.workspace_id and later.channel_id = c.channel_id
          and later.line = c.line and later.changed_at > c.changed_at)`);
    await ctx.db.execute(sql`
      delete from back_fill b where b.finished_at < desk_now() - interval '90 days' and exists (
        select from back_fill later where later.channel_id = b.channel_id and later.created_at > b.created_at and later.state = 'done')`);
    await ctx.db.execute(
      sql`delete from webhook_event where state <> 'pending' and settled_at < desk_now() - interval '30 days'`,
    );
    await ctx.db.execute(sql`delete from control_change where at < desk_now() - interval '60 days'`);
    await ctx.db.execute(sql`delete from webhook_attempt where at < desk_now() - interval '30 days'`);
    await sweepConnectAttempts(ctx);
    await planComparisons(ctx);
    await scheduleChecks(ctx);
  } catch (error) {
    log.warn({ reason: errorMessage(error) }, "the chores could not be done; they are tried again in a minute");
  }
}
