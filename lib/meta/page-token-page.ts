import { z } from "zod";
import { AppError, isAppError } from "../errors";
import { DAY, now } from "../time";
import type { FacebookApp } from "./facebook-apps";
import { type GraphFailure, readGraph } from "./graph-read";
import { missingScopes, PAGE_TOKEN_SCOPES } from "./login-scopes";
import { type InspectedToken, inspectToken } from "./login-token";
import { type LoginPage, pageFields, parsePage } from "./page-node";

const TIMEOUT_MS = 15_000;

/**
 * Takes a Page token that a person brought only after Facebook has said that it is this app's, a Page's, lasting and
 * allowed enough, and has named the Page. @throws AppError invalid, graph_failed; with words for a person
 */
export async function pageOfToken(
  value: string,
  app: FacebookApp,
): Promise<{ page: LoginPage; inspected: InspectedToken }> {
  const inspected = await inspect(value, app);
  refuseUnfit(inspected, app);
  const raw = await readGraph(
    {
      method: "GET",
      path: "/me",
      params: { fields: pageFields({ withAccounts: true, asPage: true }) },
      token: { value, appSecret: app.secret },
      timeoutMs: TIMEOUT_MS,
    },
    z.unknown(),
  );
  const page = parsePage(raw);
  if (!page || page.id !== inspected.pageId) {
    throw new AppError("invalid", "Facebook names another Page than this token belongs to. Generate a new token.");
  }
  return { page: { ...page, token: value }, inspected };
}

async function inspect(value: string, app: FacebookApp): Promise<InspectedToken> {
  try {
    return await inspectToken(value, app);
  } catch (error) {
    if (!isAppError(error) || error.code !== "graph_failed") throw error;
    const { code } = error.details as GraphFailure;
    // Asked in the app's own name, Meta says so when number and secret do not belong together.
    if (code !== 190 && code !== 101 && code !== 1) throw error;
    throw new AppError(
      "invalid",
      `Facebook does not accept this secret for the app ${app.id}. Copy both from the app's dashboard under App settings → Basic.`,
    );
  }
}

function refuseUnfit(token: InspectedToken, app: FacebookApp): void {
  if (!token.valid && (token.appId === null || token.appId === app.id)) {
    throw new AppError("invalid", `Facebook does not know this token, or not any more. ${GENERATE}`);
  }
  if (token.appId !== app.id) {
    throw new AppError(
      "invalid",
      `This token belongs to another Facebook app than ${app.id}. Generate one in the dashboard of that app.`,
    );
  }
  if (token.type !== "PAGE" || token.pageId === null) {
    throw new AppError("invalid", `This is the token of a person or an app, not of a Page. ${GENERATE}`);
  }
  const missing = missingScopes(Object.fromEntries(token.scopes.map((scope) => [scope, "granted"])), PAGE_TOKEN_SCOPES);
  if (missing.length > 0) {
    throw new AppError(
      "invalid",
      `This token lacks the permission ${missing.join(", ")}. Generate a new one and allow everything that Facebook asks.`,
    );
  }
  if (token.expiresAt !== null && token.expiresAt < now() + DAY) {
    throw new AppError("invalid", `This token ends within a day: it is one for trying out. ${GENERATE}`);
  }
}

const GENERATE = "Generate one in the app's dashboard under “Token Generation”.";
