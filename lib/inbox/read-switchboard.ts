import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import { type Ctx, requireInside } from "./context";
import type { Switchboard } from "./switchboard";

/** The workspace's switchboard; null when it has none. */
export async function readSwitchboard(ctx: Ctx): Promise<Switchboard | null> {
  const { workspaceId } = requireInside(ctx);
  return (await selectSwitchboards(ctx.db, [workspaceId])).get(workspaceId) ?? null;
}

/** By workspace. */
export async function selectSwitchboards(db: Queryable, workspaceIds: string[]): Promise<Map<string, Switchboard>> {
  const { rows } = await db.execute<Switchboard>(sql`
    select s.id, s.workspace_id as "workspaceId", s.enabled, s.default_id as "defaultId",
      (select coalesce(json_agg(json_build_object('id', i.id, 'name', i.name, 'integrationId', i.integration_id,
          'integrationType', i.integration_type, 'deliverStandbyEvents', i.deliver_standby_events, 'nextId', i.next_id,
          'messageHistoryCount', i.message_history_count, 'bot', i.bot) order by i.created_at, i.id), '[]')
        from switchboard_integration i where i.workspace_id = s.workspace_id) as integrations,
      (select coalesce(json_object_agg(h.id, h.default_responder_id), '{}')
        from channel h where h.workspace_id = s.workspace_id and h.default_responder_id is not null) as "channelDefaults"
    from switchboard s where s.workspace_id = any(${sql.param(workspaceIds)}::uuid[])`);
  return new Map(rows.map((row) => [row.workspaceId, row]));
}
