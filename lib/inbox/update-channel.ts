import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireManager } from "./context";

/** What integrators say of a connected account; what is left out stays. */
export type ChannelUpdate = {
  /** Null: its own name. */
  apiName?: string | null | undefined;
  tellsStoryReplies?: boolean | undefined;
  tellsStoryMentions?: boolean | undefined;
};

/** @throws AppError forbidden, not_found */
export async function updateChannel(ctx: Ctx, input: ChannelUpdate & { channelId: string }): Promise<void> {
  const { workspaceId } = requireManager(ctx);
  const { channelId, apiName, tellsStoryReplies = null, tellsStoryMentions = null } = input;
  const { rowCount } = isId(channelId)
    ? await ctx.db.execute(sql`
        update channel set api_name = ${apiName === undefined ? sql`api_name` : apiName},
          tells_story_replies = coalesce(${tellsStoryReplies}, tells_story_replies),
          tells_story_mentions = coalesce(${tellsStoryMentions}, tells_story_mentions)
        where workspace_id = ${workspaceId} and id = ${channelId}`)
    : { rowCount: 0 };
  if (!rowCount) throw new AppError("not_found", "There is no such channel.");
}
