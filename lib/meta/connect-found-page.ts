import { AppError } from "../errors";
import { connectChannel } from "../inbox/connect-channel";
import { type Ctx, requireManager } from "../inbox/context";
import { findChannelClaims } from "../inbox/find-channel-claims";
import { findFacebookApp } from "../inbox/find-facebook-app";
import { takeAppSubscription } from "./app-subscription";
import { type ConnectFacts, connectObstacle } from "./connect-obstacles";
import { checkPageToken, findMessagingProblem, subscribePage } from "./connect-page";
import type { FacebookApp } from "./facebook-apps";
import type { LoginPage } from "./page-node";
import { replayUnknownAccount } from "./replay-set-aside";

type Login = Pick<ConnectFacts, "personName" | "missing" | "targets">;

/** Of a token that came without a login. */
export const NO_LOGIN: Login = { personName: "", missing: [], targets: new Map() };

export type FoundPage = {
  found: LoginPage;
  login: Login;
  app: FacebookApp;
  attemptId: string | null;
  /** The channel to reconnect, when it began there. */
  channelId: string | null;
  personId?: string | null;
};

/**
 * Connects the account of a Page that Facebook has just told of. Nothing is kept unless Facebook has confirmed that it
 * will report the Page's messages. @throws AppError attempt_expired, invalid, channel_taken, conflict, graph_failed
 */
export async function connectFoundPage(ctx: Ctx, input: FoundPage): Promise<{ channelId: string }> {
  const { app, attemptId, personId = null } = input;
  const { page, account } = await requireConnectable(ctx, input.found, input.login, input.channelId);
  const { expiresAt, dataAccessExpiresAt } = await checkPageToken(page, app);
  await subscribePage(page, app);
  const problem = await findMessagingProblem(page, app);
  // Before the channel is there: its first look shall not find the app silent.
  await pointWebhookHere(ctx, app);
  const facebookAppId = app.id;
  const token = { value: page.token, expiresAt, dataAccessExpiresAt };
  const connected = await connectChannel(ctx, { attemptId, personId, facebookAppId, page, token, account, problem });
  await replayUnknownAccount(ctx, { facebookAppId, accountId: account.id });
  return connected;
}

async function requireConnectable(ctx: Ctx, found: LoginPage, login: Login, channelId: string | null) {
  const { account, token } = found;
  const claims = await findChannelClaims(ctx, { accountIds: account ? [account.id] : [] });
  const obstacle = connectObstacle(found, { ...login, claims, channelId });
  if (obstacle !== null) {
    const taken = account && claims.get(account.id)?.by === "others";
    throw new AppError(taken ? "channel_taken" : "invalid", `${found.name} cannot be connected. ${obstacle}`);
  }
  if (!account?.username || !token) {
    throw new AppError("graph_failed", `Facebook gave no key to ${found.name}. Ask Facebook again.`);
  }
  return { page: { id: found.id, name: found.name, token }, account: { ...account, username: account.username } };
}

/** An app that came with its channel sends its events here from now on, unless it sends them elsewhere already. */
async function pointWebhookHere(ctx: Ctx, app: FacebookApp): Promise<void> {
  const { workspaceId } = requireManager(ctx);
  const brought = await findFacebookApp(ctx, { workspaceId, facebookAppId: app.id });
  if (brought) await takeAppSubscription(app, brought.verifyToken);
}
