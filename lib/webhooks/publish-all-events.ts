import { sql } from "drizzle-orm";
import type { Ctx } from "../inbox/context";
import { publishEvents } from "./publish-events";

const WORKSPACES = 100;

/** Hands on what the logs of all workspaces with webhooks hold. @returns how many events were read */
export async function publishAllEvents(ctx: Ctx): Promise<number> {
  const { rows } = await ctx.db.execute<{ workspaceId: string }>(sql`
    select cursor.workspace_id as "workspaceId" from webhook_cursor cursor
    join workspace_sequence log on log.workspace_id = cursor.workspace_id and log.last > cursor.sequence limit ${WORKSPACES}`);
  let read = 0;
  for (const { workspaceId } of rows) read += await publishEvents(ctx, { workspaceId });
  return read;
}
