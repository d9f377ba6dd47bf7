import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import type { StoredEvent } from "./render-events";

/** Events told in one call. */
export const BATCH = 100;

export type Webhook = {
  workspaceId: string;
  id: string;
  integrationId: string;
  target: string;
  includeFullUser: boolean;
  includeFullSource: boolean;
  secretSealed: Buffer;
  signingSecretSealed: Buffer;
  failures: number;
  msToResume: number | null;
};

/** A webhook that is served, and the oldest of what waits for it. */
export type Turn = Webhook & { events: StoredEvent[] };

type TurnRecord = Webhook & { events: (Omit<StoredEvent, "createdAt"> & { createdAt: string })[] };

/** @returns for each webhook its turn; undefined for one that is gone or switched off */
export async function readTurns(
  db: Queryable,
  webhooks: { workspaceId: string; webhookId: string }[],
): Promise<(Turn | undefined)[]> {
  const { rows } = await db.execute<TurnRecord>(sql`
    select w.workspace_id as "workspaceId", w.id, w.integration_id as "integrationId", w.target, w.include_full_user as "includeFullUser",
      w.include_full_source as "includeFullSource", w.secret_sealed as "secretSealed", w.signing_secret_sealed as "signingSecretSealed",
      w.failures, (extract(epoch from w.resume_at - (select desk_now())) * 1000)::float8 as "msToResume", waiting.events
    from unnest(${sql.param(webhooks.map(({ workspaceId }) => workspaceId))}::uuid[],
      ${sql.param(webhooks.map(({ webhookId }) => webhookId))}::uuid[]) as given (workspace_id, id)
    join webhook w on w.workspace_id = given.workspace_id and w.id = given.id and w.disabled_reason is null
    cross join lateral (
      select coalesce(json_agg(json_build_object('number', e.number, 'id', e.id, 'trigger', e.trigger, 'conversationId', e.conversation_id,
        'messageId', e.message_id, 'contactId', e.contact_id, 'controlId', e.control_id, 'reason', e.reason, 'createdAt', e.created_at) order by e.number), '[]') as events
      from (select * from webhook_event e where e.webhook_id = w.id and e.state = 'pending' order by e.number limit ${BATCH}) e
    ) waiting`);
  const turns = new Map(
    rows.map((row) => [
      `${row.workspaceId} ${row.id}`,
      { ...row, events: row.events.map((event) => ({ ...event, createdAt: new Date(event.createdAt) })) },
    ]),
  );
  return webhooks.map(({ workspaceId, webhookId }) => turns.get(`${workspaceId} ${webhookId}`));
}
