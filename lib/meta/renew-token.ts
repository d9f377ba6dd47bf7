import { AppError } from "../errors";
import { type Ctx, requireManager } from "../inbox/context";
import { connectFoundPage, NO_LOGIN } from "./connect-found-page";
import { facebookApp } from "./facebook-apps";
import { pageOfToken } from "./page-token-page";

type Connected = { channelId: string; facebookAppId: string; accountId: string };

/**
 * Gives a connected account a new Page token of the app that it is connected through, checked as on connecting.
 * @throws AppError forbidden, invalid, channel_unusable, graph_failed; with words for a person
 */
export async function renewToken(ctx: Ctx, channel: Connected, pageAccessToken: string): Promise<void> {
  const { workspaceId } = requireManager(ctx);
  const app = await facebookApp(ctx, { ...channel, workspaceId });
  const { page: found, inspected } = await pageOfToken(pageAccessToken, app);
  if (found.account?.id !== channel.accountId)
    throw new AppError("invalid", "This token belongs to the Page of another Instagram account.");
  const { channelId } = channel;
  await connectFoundPage(ctx, {
    found,
    login: NO_LOGIN,
    app,
    attemptId: null,
    channelId,
    personId: inspected.personId,
  });
}
