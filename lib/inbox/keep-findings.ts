import { sql } from "drizzle-orm";
import type { Finding } from "./channel-finding";
import type { WriteCtx } from "./context";

/**
 * Keeps what was found of a channel: the same again only moves its `checkedAt`, another finding begins a new row.
 * The channel has to be locked.
 */
export async function keepFindings(
  tx: WriteCtx,
  channel: { workspaceId: string; channelId: string },
  findings: Finding[],
): Promise<void> {
  if (findings.length === 0) return;
  const { workspaceId, channelId } = channel;
  await tx.db.execute(sql`
    with found as (
      select line, state, code, evidence from jsonb_to_recordset(${JSON.stringify(findings)}::jsonb)
        as found(line text, state text, code text, evidence jsonb)
    ), known as (
      select distinct on (line) line, state, code, changed_at from channel_check
      where workspace_id = ${workspaceId} and channel_id = ${channelId} order by line, changed_at desc
    )
    insert into channel_check (workspace_id, channel_id, line, state, code, evidence, checked_at, changed_at)
    select ${workspaceId}, ${channelId}, found.line, found.state, found.code, found.evidence, desk_now(),
      case when known.state = found.state and known.code = found.code then known.changed_at
        else greatest(desk_now(), known.changed_at + interval '1 millisecond') end
    from found left join known on known.line = found.line
    on conflict (workspace_id, channel_id, line, changed_at) do update set checked_at = excluded.checked_at, evidence = excluded.evidence`);
}
