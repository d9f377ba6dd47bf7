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
  // The desk's clock is asked once, not once a row: that would cost more than all the rest.
  await db.execute(sql`
    with told as materialized (
      select told.* from jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
        as told (workspace_id uuid, webhook_id uuid, id uuid, numbers bigint[], status int, duration_ms int)
      join webhook w on w.workspace_id = told.workspace_id and w.id = told.webhook_id
      order by w.workspace_id, w.id
      -- Before its events, as who deletes a webhook takes them: else each could wait for the other.
      for key share of w
    ), attempted as (
      insert into webhook_attempt (workspace_id, webhook_id, id, at, events, status, duration_ms, outcome)
      select workspace_id, webhook_id, id, (select desk_now()), numbers, status, duration_ms, 'delivered' from told
    ), settled as (
      -- By their places: a join by keys would be made by reading the whole table while its statistics are old.
      update webhook_event set state = 'delivered', attempts = attempts + 1, settled_at = (select desk_now())
      where ctid = any (array (
        select event.place from told, unnest(told.numbers) as each (number), lateral (
          select ctid as place from webhook_event e
          where e.workspace_id = told.workspace_id and e.webhook_id = told.webhook_id and e.number = each.number limit 1
        ) as event
      ))
    )
    update webhook w set failures = 0, failing_since = null, resume_at = null from told
    where w.workspace_id = told.workspace_id and w.id = told.webhook_id and (w.failures > 0 or w.failing_since is not null)`);
  return calls.map(() => undefined);
}
