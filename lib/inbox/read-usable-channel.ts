import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireInside } from "./context";

/** What is needed to ask Meta something for a member or a program in the name of one account. */
export type UsableChannel = {
  workspaceId: string;
  /** Null for a program. */
  memberId: string | null;
  channelId: string;
  pageId: string;
  accountId: string;
  facebookAppId: string;
  tokenSealed: Buffer;
};

type Found = Omit<UsableChannel, "memberId" | "tokenSealed"> & {
  tokenSealed: Buffer | null;
  state: string;
  problem: string | null;
  username: string;
};

/** @param input the channel, or a conversation of it. @throws AppError not_found, channel_unusable */
export async function readUsableChannel(
  ctx: Ctx,
  input: { channelId: string } | { conversationId: string },
): Promise<UsableChannel> {
  const inside = requireInside(ctx);
  const { workspaceId } = inside;
  const memberId = inside.type === "member" ? inside.id : null;
  const id = "channelId" in input ? input.channelId : input.conversationId;
  const which =
    "channelId" in input
      ? sql`h.id = ${id}`
      : sql`h.id = (select c.channel_id from conversation c where c.workspace_id = ${workspaceId} and c.id = ${id})`;
  const { rows } = isId(id)
    ? await ctx.db.execute<Found>(sql`
        select h.workspace_id as "workspaceId", h.id as "channelId", h.page_id as "pageId", h.account_id as "accountId",
          h.facebook_app_id as "facebookAppId", h.token_sealed as "tokenSealed", h.state, h.problem, h.username
        from channel h where h.workspace_id = ${workspaceId} and ${which}`)
    : { rows: [] };
  const found = rows[0];
  if (!found) throw new AppError("not_found", `There is no such ${"channelId" in input ? "channel" : "conversation"}.`);
  const { tokenSealed, state, problem, username, ...channel } = found;
  if (state === "disconnected" || !tokenSealed)
    throw new AppError("channel_unusable", `@${username} is not connected any more. Connect it again first.`);
  if (state === "broken")
    throw new AppError("channel_unusable", problem ?? `The connection to @${username} is broken. Reconnect it first.`);
  return { ...channel, memberId, tokenSealed };
}
