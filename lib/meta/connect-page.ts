import { z } from "zod";
import { AppError, isAppError } from "../errors";
import { DAY, now } from "../time";
import type { FacebookApp } from "./facebook-apps";
import type { GraphRequest } from "./graph-client";
import { type GraphFailure, readGraph } from "./graph-read";
import { missingScopes, PAGE_TOKEN_SCOPES } from "./login-scopes";
import { type InspectedToken, inspectToken } from "./login-token";

const TIMEOUT_MS = 15_000;

/**
 * The Page's enum has Messenger's spellings, and Instagram's own names are refused. Which Instagram events come is decided
 * by the app's subscription; the Page's has only to exist.
 */
const SUBSCRIBED_FIELDS = [
  "messages",
  "messaging_postbacks",
  "message_reactions",
  "message_reads",
  "message_echoes",
  "message_edits",
];

type Page = { id: string; name: string; token: string };

/** Why an account cannot be worked with yet: the name of what has to change, and the words for it. */
export type ChannelProblem = { code: "message_access" | "token"; text: string };

/** Refuses a Page token that would not carry a channel. @throws AppError graph_failed with the reason in words */
export async function checkPageToken(page: Page, app: FacebookApp): Promise<InspectedToken> {
  const token = await inspectToken(page.token, app);
  const granted = Object.fromEntries(token.scopes.map((scope) => [scope, "granted"]));
  const missing = missingScopes(granted, PAGE_TOKEN_SCOPES);
  const rightPage = token.valid && token.type === "PAGE" && token.pageId === page.id;
  if (!rightPage || token.appId !== app.id) {
    throw new AppError("graph_failed", `Facebook gave a key to ${page.name} that does not fit. Ask Facebook again.`);
  }
  if (missing.length > 0) {
    throw new AppError(
      "graph_failed",
      `Facebook's key to ${page.name} lacks the permission ${missing.join(", ")}. Ask Facebook again and allow everything.`,
    );
  }
  if (token.expiresAt !== null && token.expiresAt < now() + DAY) {
    throw new AppError(
      "graph_failed",
      `Facebook gave a key to ${page.name} that ends within a day. Ask Facebook again.`,
    );
  }
  return token;
}

/** Has Facebook report the Page's messages to our app, and reads back that it will. @throws AppError graph_failed */
export async function subscribePage(page: Page, app: FacebookApp): Promise<void> {
  const common = { path: `/${page.id}/subscribed_apps`, ...credentials(page, app) };
  const done = await readGraph(
    { ...common, method: "POST", form: { subscribed_fields: SUBSCRIBED_FIELDS.join(",") } },
    z.object({ success: z.union([z.boolean(), z.string()]).optional() }),
  );
  const list = await readGraph({ ...common, method: "GET" }, subscriptions);
  const subscribed = list.data.some(({ id, subscribed_fields: fields }) => id === app.id && fields.length > 0);
  if (String(done.success) === "true" && subscribed) return;
  throw new AppError(
    "graph_failed",
    `Facebook did not keep the subscription of ${page.name}, so no message would arrive. Nothing was connected; try again.`,
  );
}

const subscriptions = z.object({
  data: z.array(
    z.object({
      id: z.union([z.string(), z.number().transform(String)]),
      subscribed_fields: z.array(z.string()).catch([]),
    }),
  ),
});

/** What has to change before messages can be read; null when nothing, or when it cannot be known now. */
export async function findMessagingProblem(page: Page, app: FacebookApp): Promise<ChannelProblem | null> {
  try {
    await readGraph(
      {
        method: "GET",
        path: `/${page.id}/conversations`,
        params: { platform: "instagram", limit: 1 },
        ...credentials(page, app),
      },
      z.object({ data: z.array(z.unknown()) }),
    );
    return null;
  } catch (error) {
    if (!isAppError(error) || error.code !== "graph_failed") throw error;
    const { class: kind } = error.details as Partial<GraphFailure>;
    if (kind === "ask") return { code: "message_access", text: error.message };
    return kind === "reconnect" ? { code: "token", text: error.message } : null;
  }
}

function credentials(page: Page, app: FacebookApp): Pick<GraphRequest, "token" | "timeoutMs"> {
  return { token: { value: page.token, appSecret: app.secret }, timeoutMs: TIMEOUT_MS };
}
