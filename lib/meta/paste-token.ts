import { AppError } from "../errors";
import { bringFacebookApp } from "../inbox/bring-facebook-app";
import { type Ctx, requireAdmin } from "../inbox/context";
import { findFacebookApp } from "../inbox/find-facebook-app";
import { keepConnectToken } from "../inbox/keep-connect-token";
import { log } from "../log";
import { type FacebookApp, installationApp } from "./facebook-apps";
import { pageOfToken } from "./page-token-page";

type Began = {
  /** What the browser had in its cookie until now. */
  previousBrowser: string | null;
  /** The channel to reconnect, when it begins there. */
  channelId: string | null;
};

/**
 * Takes a Page token that a person pasted, for the account of its Page to be shown and saved.
 * @returns what to put into the browser's cookie. @throws AppError invalid, not_found, graph_failed; with words for a person
 */
export async function pasteToken(ctx: Ctx, input: Began & { token: string }): Promise<{ browser: string }> {
  requireAdmin(ctx);
  const token = tokenOf(input.token);
  const { inspected } = await refusedInLog(ctx, () => pageOfToken(token, installationApp()));
  const { personId } = inspected;
  return keepConnectToken(ctx, { ...input, way: "pasted_token", facebookAppId: null, token, personId });
}

/**
 * The same with a Facebook app of the workspace's own, whose number and secret come along. The app is kept from here on,
 * because Meta calls its webhook address before it sends anything there.
 * @param input.secret empty: the one that is known already
 */
export async function bringApp(
  ctx: Ctx,
  input: Began & { appId: string; secret: string; token: string },
): Promise<{ browser: string }> {
  requireAdmin(ctx);
  const token = tokenOf(input.token);
  const app = await appOf(ctx, input);
  const { inspected } = await refusedInLog(ctx, () => pageOfToken(token, app));
  await bringFacebookApp(ctx, { ...app, name: inspected.appName });
  const { personId } = inspected;
  return keepConnectToken(ctx, { ...input, way: "own_app", facebookAppId: app.id, token, personId });
}

function tokenOf(pasted: string): string {
  const token = pasted.trim();
  if (/^[\w|.~-]{20,1000}$/.test(token)) return token;
  throw new AppError(
    "invalid",
    "This does not look like a token of Facebook's. Copy it whole, without spaces around it.",
  );
}

async function appOf(ctx: Ctx, input: { appId: string; secret: string }): Promise<FacebookApp> {
  const id = input.appId.trim();
  const secret = input.secret.trim();
  if (!/^\d{5,25}$/.test(id)) {
    throw new AppError("invalid", "The app ID is the number at the top of the app's dashboard.");
  }
  if (id === installationApp().id) {
    throw new AppError("invalid", "This is the app that this desk uses anyway. Choose “With a Page token” instead.");
  }
  const { workspaceId } = requireAdmin(ctx);
  if (secret === "") {
    const known = await findFacebookApp(ctx, { workspaceId, facebookAppId: id });
    if (known) return { id, secret: known.secret };
  }
  if (!/^[\w-]{16,128}$/.test(secret)) {
    throw new AppError(
      "invalid",
      "The app secret stands in the app's dashboard under App settings → Basic. Copy it whole.",
    );
  }
  return { id, secret };
}

async function refusedInLog<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const member = ctx.actor.type === "member" ? ctx.actor.id : null;
    if (error instanceof Error) log.warn({ member, reason: error.message }, "a pasted token was refused");
    throw error;
  }
}
