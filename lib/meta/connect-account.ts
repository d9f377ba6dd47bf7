import { AppError } from "../errors";
import type { Ctx } from "../inbox/context";
import { type ConnectLogin, openConnectAttempt } from "../inbox/open-connect-attempt";
import { log } from "../log";
import { attemptApp } from "./attempt-app";
import { connectFoundPage, NO_LOGIN } from "./connect-found-page";
import { type FacebookApp, installationApp } from "./facebook-apps";
import { readLoginPage } from "./login-pages";
import { missingScopes } from "./login-scopes";
import { inspectToken } from "./login-token";
import { pageOfToken } from "./page-token-page";

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
  const found =
    "pageToken" in attempt.outcome
      ? await findPageOfToken(attempt.outcome.pageToken, app, wanted)
      : await findPageOfLogin(attempt.outcome, wanted);
  return connectFoundPage(ctx, { ...found, app, attemptId: attempt.id, channelId: attempt.channelId });
}

type Wanted = { pageId: string; channelId: string | null };

/** Looks the Page up anew: the browser's word is only its id. */
async function findPageOfLogin(login: ConnectLogin, wanted: Wanted) {
  const { userToken, person } = login;
  const missing = missingScopes(login.permissions);
  const [found, inspected] = await Promise.all([
    readLoginPage(userToken, wanted.pageId, { withAccounts: !missing.includes("instagram_basic") }),
    inspectToken(userToken, installationApp()),
  ]);
  if (!found) throw foreignPage(`${person.name} cannot connect this Page. Choose one from the list.`);
  return { found, login: { personName: person.name, missing, targets: inspected.targets } };
}

async function findPageOfToken(token: string, app: FacebookApp, wanted: Wanted) {
  const { page } = await pageOfToken(token, app);
  if (page.id !== wanted.pageId) {
    throw foreignPage("The token that you pasted belongs to another Page. Choose the one that is shown.");
  }
  return { found: page, login: NO_LOGIN };
}

/** No list of ours offers it: somebody made up the id, or lost the right to the Page this moment. */
function foreignPage(words: string): AppError {
  log.warn("a Page that its login does not reach was refused");
  return new AppError("invalid", words);
}
