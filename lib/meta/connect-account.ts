import { AppError } from "../errors";
import { connectChannel } from "../inbox/connect-channel";
import type { Ctx } from "../inbox/context";
import { findChannelClaims } from "../inbox/find-channel-claims";
import { type OpenConnectAttempt, openConnectAttempt } from "../inbox/open-connect-attempt";
import { connectObstacle } from "./connect-obstacles";
import { checkPageToken, findMessagingProblem, subscribePage } from "./connect-page";
import { installationApp } from "./facebook-apps";
import { readLoginPage } from "./login-pages";
import { missingScopes } from "./login-scopes";
import { inspectToken } from "./login-token";
import { replayUnknownAccount } from "./replay-set-aside";

/**
 * Connects the account of a Page that the login in this browser lists. Nothing is kept unless Facebook has confirmed that
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
  const { page, account } = await findConnectable(ctx, attempt.outcome, { ...input, channelId: attempt.channelId });
  const app = installationApp();
  const { expiresAt, dataAccessExpiresAt } = await checkPageToken(page, app);
  await subscribePage(page, app);
  const problem = await findMessagingProblem(page, app);
  const facebookAppId = app.id;
  const token = { value: page.token, expiresAt, dataAccessExpiresAt };
  const connected = await connectChannel(ctx, { attemptId: attempt.id, facebookAppId, page, token, account, problem });
  await replayUnknownAccount(ctx, { facebookAppId, accountId: account.id });
  return connected;
}

type Login = Exclude<OpenConnectAttempt["outcome"], { problem: string }>;

/** Looks the Page up anew: the browser's word is only its id. */
async function findConnectable(ctx: Ctx, login: Login, wanted: { pageId: string; channelId: string | null }) {
  const { userToken, person } = login;
  const missing = missingScopes(login.permissions);
  const [found, inspected] = await Promise.all([
    readLoginPage(userToken, wanted.pageId, { withAccounts: !missing.includes("instagram_basic") }),
    inspectToken(userToken, installationApp()),
  ]);
  if (!found) throw new AppError("invalid", `${person.name} cannot connect this Page. Choose one from the list.`);
  const { account, token } = found;
  const claims = await findChannelClaims(ctx, { accountIds: account ? [account.id] : [] });
  const facts = { personName: person.name, missing, targets: inspected.targets, claims, channelId: wanted.channelId };
  const obstacle = connectObstacle(found, facts);
  if (obstacle !== null) {
    const taken = account && claims.get(account.id)?.by === "others";
    throw new AppError(taken ? "channel_taken" : "invalid", `${found.name} cannot be connected. ${obstacle}`);
  }
  if (!account?.username || !token) {
    throw new AppError("graph_failed", `Facebook gave no key to ${found.name}. Ask Facebook again.`);
  }
  return { page: { id: found.id, name: found.name, token }, account: { ...account, username: account.username } };
}
