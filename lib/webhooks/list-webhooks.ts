import { sql } from "drizzle-orm";
import { type Ctx, requireAdmin } from "../inbox/context";

/** Times are milliseconds since 1970. */
export type WebhookOverview = {
  id: string;
  /** Of the custom integration, or the connected account's. */
  integration: string;
  target: string;
  triggers: string[];
  createdAt: number;
  /** Why it is told nothing any more, in words; null while it is served. */
  disabledReason: string | null;
  /** Since when every attempt failed; null while all is well. */
  failingSince: number | null;
  /** When the next attempt may start; null for at once. */
  resumeAt: number | null;
  /** Why the last attempt failed, in words. */
  lastReason: string | null;
  /** Events that wait to be told. */
  waiting: number;
  /** Events that were given up and can be replayed. */
  missed: number;
};

type WebhookRecord = Omit<WebhookOverview, "createdAt" | "failingSince" | "resumeAt"> & {
  createdAt: Date;
  failingSince: Date | null;
  resumeAt: Date | null;
};

/** Whom programs asked to tell, the oldest first. @param input.id only this one @throws AppError forbidden */
export async function listWebhooks(ctx: Ctx, input: { id?: string } = {}): Promise<WebhookOverview[]> {
  const { workspaceId } = requireAdmin(ctx);
  const { rows } = await ctx.db.execute<WebhookRecord>(sql`
    select w.id, coalesce(i.name, '@' || h.username, 'Unnamed integration') as integration, w.target, w.triggers,
      w.created_at as "createdAt", w.disabled_reason as "disabledReason", w.failing_since as "failingSince", w.resume_at as "resumeAt",
      case when w.failures > 0 then (
        select a.reason from webhook_attempt a where a.workspace_id = w.workspace_id and a.webhook_id = w.id and a.outcome <> 'delivered'
        order by a.id desc limit 1) end as "lastReason",
      (select count(*)::int from webhook_event e where e.webhook_id = w.id and e.state = 'pending') as waiting,
      (select count(*)::int from webhook_event e where e.workspace_id = w.workspace_id and e.webhook_id = w.id and e.state = 'failed') as missed
    from webhook w
    left join custom_integration i on i.workspace_id = w.workspace_id and i.id = w.integration_id
    left join channel h on h.workspace_id = w.workspace_id and h.id = w.integration_id
    where w.workspace_id = ${workspaceId} and (${input.id ?? null}::uuid is null or w.id = ${input.id ?? null}::uuid)
    order by w.created_at, w.id`);
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    failingSince: row.failingSince?.getTime() ?? null,
    resumeAt: row.resumeAt?.getTime() ?? null,
  }));
}
