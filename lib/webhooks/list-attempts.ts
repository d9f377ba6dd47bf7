import { sql } from "drizzle-orm";
import { type Ctx, requireAdmin } from "../inbox/context";
import { decodeCursor, encodeCursor } from "../inbox/cursor";

export type ToldEvent = {
  /** Names it within its webhook. */
  number: number;
  trigger: string;
  state: "pending" | "delivered" | "failed";
};

/** One call to a webhook. `at` is milliseconds since 1970. */
export type AttemptRow = {
  id: string;
  at: number;
  /** Of the answer; null when there was none. */
  status: number | null;
  durationMs: number;
  outcome: "delivered" | "again" | "failed";
  /** In words; null when all went well. */
  reason: string | null;
  /** How many it told. */
  count: number;
  /** Those of them that are still kept, in the order of telling. */
  events: ToldEvent[];
};

/** `next`: opaque; null when this is the last page. */
export type AttemptPage = { attempts: AttemptRow[]; next: string | null };

const PAGE = 25;

type AttemptRecord = Omit<AttemptRow, "at"> & { at: Date };

/** What a webhook was called with, the newest first; empty for one that is not there. @throws AppError forbidden, invalid */
export async function listAttempts(
  ctx: Ctx,
  input: { webhookId: string; after?: string | undefined },
): Promise<AttemptPage> {
  const { workspaceId } = requireAdmin(ctx);
  const cursor = input.after ? decodeCursor(input.after) : null;
  const { rows } = await ctx.db.execute<AttemptRecord>(sql`
    select a.id, a.at, a.status, a.duration_ms as "durationMs", a.outcome, a.reason, cardinality(a.events) as count,
      coalesce((
        select json_agg(json_build_object('number', e.number, 'trigger', e.trigger, 'state', e.state) order by e.number)
        from webhook_event e where e.workspace_id = a.workspace_id and e.webhook_id = a.webhook_id and e.number = any(a.events)
      ), '[]') as events
    from webhook_attempt a
    where a.workspace_id = ${workspaceId} and a.webhook_id = ${input.webhookId}
      and (${cursor?.id ?? null}::uuid is null or a.id < ${cursor?.id ?? null}::uuid)
    order by a.id desc limit ${PAGE + 1}`);
  const attempts = rows.slice(0, PAGE).map((row) => ({ ...row, at: row.at.getTime() }));
  const last = attempts.at(-1);
  return { attempts, next: rows.length > PAGE && last ? encodeCursor(last.at, last.id) : null };
}
