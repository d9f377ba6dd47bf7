import { isAppError } from "../errors";
import type { ConnectWay } from "../inbox/connect-way";
import type { Ctx } from "../inbox/context";
import { findChannelClaims } from "../inbox/find-channel-claims";
import { noteLoginTargets } from "../inbox/note-login-targets";
import { type ConnectLogin, type OpenConnectAttempt, openConnectAttempt } from "../inbox/open-connect-attempt";
import { readChannel } from "../inbox/read-channel";
import { readLoginMemory } from "../inbox/read-login-memory";
import { attemptApp } from "./attempt-app";
import { connectObstacle } from "./connect-obstacles";
import { findLoginTrap, type LoginTrap } from "./doctor/login-trap";
import { installationApp } from "./facebook-apps";
import type { GraphFailure } from "./graph-read";
import { listLoginPages } from "./login-pages";
import { loginProblemWords } from "./login-problems";
import { missingScopes, PORTFOLIO_SCOPE, REQUIRED_SCOPES } from "./login-scopes";
import { inspectToken } from "./login-token";
import type { LoginPage } from "./page-node";
import { pageOfToken } from "./page-token-page";

export type ConnectChoice = {
  pageId: string;
  /** `@username`, or the Page's name where it has no account. */
  label: string;
  /** The Page's name, and for one that cannot be chosen the reason. */
  description: string;
  disabled: boolean;
  pictureUrl: string | null;
};

export type ConnectStep =
  | { step: "start" }
  | { step: "problem"; way: ConnectWay; title: string; text: string }
  | {
      step: "choose";
      way: ConnectWay;
      /** The channel that is to be reconnected. */
      channelId: string | null;
      /** The Facebook person in the dialog; null when a Page's own token was brought. */
      personName: string | null;
      missing: { permission: string; purpose: string }[];
      choices: ConnectChoice[];
      /** The Page to choose beforehand: the one that is to be reconnected. */
      chosen: string | null;
      /** Whether only some Pages were ticked in the dialog, and how many. */
      tickedPages: number | null;
      /** Whether Pages of a business portfolio are listed too. */
      seesPortfolios: boolean;
      /** Portfolios whose Pages Facebook did not tell this time. */
      untold: string[];
      /** Facebook does not ask anew: what it takes to make it forget. */
      trap: LoginTrap | null;
    };

/** What the connect page shows in this browser now. @throws AppError channel_unusable */
export async function readConnectStep(ctx: Ctx, input: { browser: string | null }): Promise<ConnectStep> {
  const attempt = input.browser ? await openConnectAttempt(ctx, { browser: input.browser }) : null;
  if (!attempt) return { step: "start" };
  const { outcome, way } = attempt;
  const problem = (words: { title: string; text: string }): ConnectStep => ({ step: "problem", way, ...words });
  if ("problem" in outcome) return problem(loginProblemWords(outcome.problem));
  try {
    return "pageToken" in outcome
      ? await choosePageOfToken(ctx, attempt, outcome.pageToken)
      : await choosePage(ctx, attempt, outcome);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === "invalid") return problem({ title: "This token cannot be used any more", text: error.message });
    if (error.code !== "graph_failed") throw error;
    if ((error.details as GraphFailure).class === "reconnect") return problem(loginProblemWords("login_over"));
    return problem({ title: "Facebook did not list your Pages", text: error.message });
  }
}

type Choose = Extract<ConnectStep, { step: "choose" }>;

async function choosePage(ctx: Ctx, attempt: OpenConnectAttempt, login: ConnectLogin): Promise<Choose> {
  const { userToken, person, permissions } = login;
  const { way, channelId } = attempt;
  const missing = missingScopes(permissions);
  const inspecting = inspectToken(userToken, installationApp());
  const [{ pages, untold }, inspected] = await Promise.all([
    listLoginPages(userToken, {
      withAccounts: !missing.includes("instagram_basic"),
      withPortfolios: permissions[PORTFOLIO_SCOPE] === "granted",
      ticked: () => inspecting.then(({ targets }) => targets.get("pages_show_list") ?? null),
    }),
    inspecting,
  ]);
  await noteLoginTargets(ctx, { attemptId: attempt.id, targets: inspected.targets });
  const claims = await findChannelClaims(ctx, { accountIds: accountIds(pages) });
  const facts = { personName: person.name, missing, targets: inspected.targets, claims, channelId };
  const choices = pages.map((page) => toChoice(page, connectObstacle(page, facts)));
  return {
    step: "choose",
    way,
    channelId,
    personName: person.name,
    missing: missing.map((permission) => ({ permission, purpose: REQUIRED_SCOPES[permission] })),
    choices: choices.sort((a, b) => Number(a.disabled) - Number(b.disabled) || a.label.localeCompare(b.label)),
    chosen: pages.find(({ account }) => account && isChannel(claims.get(account.id), channelId))?.id ?? null,
    tickedPages: inspected.targets.get("pages_show_list")?.length ?? null,
    seesPortfolios: permissions[PORTFOLIO_SCOPE] === "granted",
    untold,
    trap: findLoginTrap(await readLoginMemory(ctx), channelId && (await readChannel(ctx, { channelId })).pageId),
  };
}

async function choosePageOfToken(ctx: Ctx, attempt: OpenConnectAttempt, token: string): Promise<Choose> {
  const { page } = await pageOfToken(token, await attemptApp(ctx, attempt));
  const claims = await findChannelClaims(ctx, { accountIds: accountIds([page]) });
  const facts = { personName: "", missing: [], targets: new Map(), claims, channelId: attempt.channelId };
  return {
    step: "choose",
    way: attempt.way,
    channelId: attempt.channelId,
    personName: null,
    missing: [],
    choices: [toChoice(page, connectObstacle(page, facts))],
    chosen: null,
    tickedPages: null,
    seesPortfolios: true,
    untold: [],
    trap: null,
  };
}

function accountIds(pages: LoginPage[]): string[] {
  return pages.flatMap(({ account }) => account?.id ?? []);
}

function isChannel(claim: { by: string; channelId?: string } | undefined, channelId: string | null): boolean {
  return channelId !== null && claim?.channelId === channelId;
}

function toChoice(page: LoginPage, obstacle: string | null): ConnectChoice {
  const username = page.account?.username;
  const name = page.portfolio ? `${page.name} (${page.portfolio})` : page.name;
  return {
    pageId: page.id,
    label: username ? `@${username}` : page.name,
    description: obstacle === null ? name : username ? `${name}: ${obstacle}` : obstacle,
    disabled: obstacle !== null,
    pictureUrl: page.account?.pictureUrl ?? null,
  };
}
