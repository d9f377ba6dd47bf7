import { sql } from "drizzle-orm";
import { type Ctx, requireInside } from "./context";
import type { IntegrationDetails } from "./public-types";

type IntegrationRecord = Omit<IntegrationDetails, "createdAt"> & { createdAt: Date };

/** Connected accounts and what integrators added, the oldest first. @param input.id only this one */
export async function listIntegrations(
  ctx: Ctx,
  input: { id?: string; types?: string[]; after?: string; limit: number },
): Promise<IntegrationDetails[]> {
  const { workspaceId } = requireInside(ctx);
  const { rows } = await ctx.db.execute<IntegrationRecord>(sql`
    select * from (
      select id, 'instagram' as type, state, coalesce(name, username) as name, created_at as "createdAt", facebook_app_id as "facebookAppId",
        page_id as "pageId", account_id as "accountId", username, connected_as as "connectedAs",
        api_name as "apiName", tells_story_replies as "tellsStoryReplies", tells_story_mentions as "tellsStoryMentions"
      from channel where workspace_id = ${workspaceId} and state <> 'disconnected'
      union all
      select id, 'custom', 'healthy', name, created_at, null, null, null, null, null, null, true, true
      from custom_integration where workspace_id = ${workspaceId}
    ) integration
    where (${input.id ?? null}::uuid is null or id = ${input.id ?? null}::uuid)
      and (${sql.param(input.types ?? null)}::text[] is null or type = any(${sql.param(input.types ?? null)}::text[]))
      and (${input.after ?? null}::uuid is null or id > ${input.after ?? null}::uuid)
    order by id limit ${input.limit}`);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
}
