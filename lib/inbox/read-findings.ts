import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import type { KnownFinding } from "./channel-finding";

type Row = Omit<KnownFinding, "checkedAt" | "changedAt"> & { checkedAt: Date; changedAt: Date };

/** What is known of a channel now, one finding for each of its parts. */
export async function readFindings(
  db: Queryable,
  channel: { workspaceId: string; channelId: string },
): Promise<KnownFinding[]> {
  const { rows } = await db.execute<Row>(sql`
    select distinct on (line) line, state, code, evidence, checked_at as "checkedAt", changed_at as "changedAt" from channel_check
    where workspace_id = ${channel.workspaceId} and channel_id = ${channel.channelId} order by line, changed_at desc`);
  return rows.map(toFinding);
}

/** What changed of late, the newest first. */
export async function readFindingHistory(
  db: Queryable,
  channel: { workspaceId: string; channelId: string },
  limit: number,
): Promise<KnownFinding[]> {
  const { rows } = await db.execute<Row>(sql`
    select line, state, code, evidence, checked_at as "checkedAt", changed_at as "changedAt" from channel_check
    where workspace_id = ${channel.workspaceId} and channel_id = ${channel.channelId} order by changed_at desc, line limit ${limit}`);
  return rows.map(toFinding);
}

function toFinding(row: Row): KnownFinding {
  return { ...row, checkedAt: row.checkedAt.getTime(), changedAt: row.changedAt.getTime() };
}
