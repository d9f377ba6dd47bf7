import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import { selectSwitchboards } from "./read-switchboard";
import { callsPeople, controlRow, type Held } from "./switchboard";

/** How many conversations of a workspace the people of the desk have not read and are to read. */
export async function countUnread(db: Queryable, workspaceId: string): Promise<number> {
  const { rows } = await db.execute<Held & { count: number; switched: boolean }>(sql`
    select channel_id as "channelId", holder_id as "holderId", offered_to_id as "offeredToId", count(*)::int as count,
      exists (select from switchboard s where s.workspace_id = ${workspaceId} and s.enabled) as switched
    from conversation where workspace_id = ${workspaceId} and unread > 0 group by channel_id, holder_id, offered_to_id`);
  const switchboard = rows[0]?.switched ? (await selectSwitchboards(db, [workspaceId])).get(workspaceId) : undefined;
  return rows
    .filter((row) => callsPeople({ unread: row.count, control: switchboard ? controlRow(switchboard, row) : null }))
    .reduce((sum, row) => sum + row.count, 0);
}
