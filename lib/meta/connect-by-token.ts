import { bringFacebookApp } from "../inbox/bring-facebook-app";
import { type Ctx, requireManager } from "../inbox/context";
import { connectFoundPage, NO_LOGIN } from "./connect-found-page";
import { installationApp } from "./facebook-apps";
import { pageOfToken } from "./page-token-page";

/**
 * Connects the account of a Page whose token a program brings, through the Facebook app that it names: number, secret and
 * token have to belong together. @throws AppError invalid, channel_taken, conflict, graph_failed; with words for a person
 */
export async function connectByToken(
  ctx: Ctx,
  input: { appId: string; appSecret: string; pageAccessToken: string },
): Promise<{ channelId: string }> {
  requireManager(ctx);
  const app = { id: input.appId, secret: input.appSecret };
  const { page: found, inspected } = await pageOfToken(input.pageAccessToken, app);
  if (app.id !== installationApp().id) await bringFacebookApp(ctx, { ...app, name: inspected.appName });
  const { personId } = inspected;
  return connectFoundPage(ctx, { found, login: NO_LOGIN, app, attemptId: null, channelId: null, personId });
}
