import { AppError } from "../errors";
import { connectChannel } from "../inbox/connect-channel";
import { type Ctx, requireAdmin } from "../inbox/context";
import { findChannelClaims } from "../inbox/find-channel-claims";
import { findFacebookApp } from "../inbox/find-facebook-app";
import { type ConnectLogin, openConnectAttempt } from "../inbox/open-connect-attempt";
import { takeAppSubscription } from "./app-subscription";
import { attemptApp } from "./attempt-app";
import { type ConnectFacts, connectObstacle } from "./connect-obstacles";
import { checkPageToken, findMessagingProblem, subscribePage } from "./connect-page";
import { type FacebookApp, installationApp } from "./facebook-apps";
import { readLoginPage } from "./login-pages";
import { missingScopes } from "./login-scopes";
import { inspectToken } from "./login-token";
import type { LoginPage } from "./page-node";
import { pageOfToken } from "./page-token-page";
import { replayUnknownAccount } from "./replay-set-aside";

/**
 * Connects the account of a Page that the login, or the pasted token, in this browser reaches. Nothing is kept unless Facebook has confirmed that
 * it will report the Page's messages; what only the owner can switch on leaves the channel broken, with the words for it.
 * @throws AppError attempt_expired, invalid, channel_taken, conflict, graph_failed; all with words for a person
 */
export async function connectAccount(
  ctx: Ctx,
  input: { browser: string | null; pageId: string },
): Promise<{ channelId: string }> {
  const attempt = input.browser ? await openConnectAttempt(ctx, { browser: input.browser }) : null;
  if (!attempt || "problem" in attempt.outcome) {
    throw new AppError("attempt_expired", "This login was used already or is older than 15 minutes. Start again.");
  }
  const app = await attemptApp(ctx, attempt);
  const wanted = { pageId: input.pageId, channelId: attempt.channelId };
  const { page, account } =
    "pageToken" in attempt.outcome
      ? await findPageOfToken(ctx, attempt.outcome.pageToken, app, wanted)
      : await findPageOfLogin(ctx, attempt.outcome, wanted);
  const { expiresAt, dataAccessExpiresAt } = await checkPageToken(page, app);
  await subscribePage(page, app);
  const problem = await findMessagingProblem(page, app);
  const facebookAppId = app.id;
  const token = { value: page.token, expiresAt, dataAccessExpiresAt };
  const connected = await connectChannel(ctx, { attemptId: attempt.id, facebookAppId, page, token, account, problem });
  await pointWebhookHere(ctx, app);
  await replayUnknownAccount(ctx, { facebookAppId, accountId: account.id });
  return connected;
}

type Wanted = { pageId: string; channelId: string | null };

/** Looks the Page up anew: the browser's word is only its id. */
async function findPageOfLogin(ctx: Ctx, login: ConnectLogin, wanted: Wanted) {
  const { userToken, person } = login;
  const missing = missingScopes(login.permissions);
  const [found, inspected] = await Promise.all([
    readLoginPage(userToken, wanted.pageId, { withAccounts: !missing.includes("instagram_basic") }),
    inspectToken(userToken, installationApp()),
  ]);
  if (!found) throw new AppError("invalid", `${person.name} cannot connect this Page. Choose one from the list.`);
  return requireConnectable(ctx, found, { personName: person.name, missing, targets: inspected.targets }, wanted);
}

async function findPageOfToken(ctx: Ctx, token: string, app: FacebookApp, wanted: Wanted) {
  const { page } = await pageOfToken(token, app);
  if (page.id !== wanted.pageId) {
    throw new AppError("invalid", "The token that you pasted belongs to another Page. Choose the one that is shown.");
  }
  return requireConnectable(ctx, page, { personName: "", missing: [], targets: new Map() }, wanted);
}

async function requireConnectable(
  ctx: Ctx,
  found: LoginPage,
  login: Pick<ConnectFacts, "personName" | "missing" | "targets">,
  { channelId }: Wanted,
) {
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
  const { workspaceId } = requireAdmin(ctx);
  const brought = await findFacebookApp(ctx, { workspaceId, facebookAppId: app.id });
  if (brought) await takeAppSubscription(app, brought.verifyToken);
}
