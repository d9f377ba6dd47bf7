import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import { newId } from "../ids";

/** A call that went well. */
export type Told = {
  workspaceId: string;
  webhookId: string;
  numbers: number[];
  status: number | null;
  durationMs: number;
};

/** Writes many calls that went well down at once: the attempt, its events, and that the webhook does well. */
export async function recordTold(db: Queryable, calls: Told[]): Promise<undefined[]> {
  const list = calls.map((call) => ({
    workspace_id: call.workspaceId,
    webhook_id: call.webhookId,
    id: newId(),
    numbers: call.numbers,
    status: call.status,
    duration_ms: call.durationMs,
  }));
  await db.execute(sql`
    with told as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
        as told (workspace_id uuid, webhook_id uuid, id uuid, numbers bigint[], status int, duration_ms int)
    ), attempted as (
      insert into webhook_attempt (workspace_id, webhook_id, id, at, events, status, duration_ms, outcome)
      select workspace_id, webhook_id, id, desk_now(), numbers, status, duration_ms, 'delivered' from told
      where exists (select from webhook w where w.workspace_id = told.workspace_id and w.id = told.webhook_id)
    ), settled as (
      update webhook_event e set state = 'delivered', attempts = attempts + 1, settled_at = desk_now()
      from told, unnest(told.numbers) as each (number)
      where e.workspace_id = told.workspace_id and e.webhook_id = told.webhook_id and e.number = each.number
    )
    update webhook w set failures = 0, failing_since = null, resume_at = null from told
    where w.workspace_id = told.workspace_id and w.id = told.webhook_id and w.failures > 0`);
  return calls.map(() => undefined);
}
