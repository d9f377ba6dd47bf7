import { sql } from "drizzle-orm";
import type { Ctx } from "./context";

/** Which of these messages of a channel the desk does not have, although nothing waits to be read in. */
export async function findMissingMessages(
  ctx: Ctx,
  input: { workspaceId: string; channelId: string; externalIds: string[] },
): Promise<string[]> {
  const { workspaceId, channelId } = input;
  const { rows } = await ctx.db.execute<{ externalId: string }>(sql`
    select given.external_id as "externalId" from unnest(${sql.param(input.externalIds)}::text[]) as given(external_id)
    where not exists (
        select from message m where m.workspace_id = ${workspaceId} and m.channel_id = ${channelId} and m.external_id = given.external_id)
      and not exists (select from set_aside s where s.channel_id = ${channelId} and s.external_id = given.external_id)
      and not exists (
        select from delivery d join channel h on h.facebook_app_id = d.facebook_app_id
        where h.workspace_id = ${workspaceId} and h.id = ${channelId})`);
  return rows.map(({ externalId }) => externalId);
}
