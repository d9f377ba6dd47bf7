import { env } from "../env";
import { AppError } from "../errors";
import type { Ctx } from "../inbox/context";
import { findFacebookApp } from "../inbox/find-facebook-app";

/** A Facebook app as calls to Graph need it: its number, and the secret that signs every call. */
export type FacebookApp = { id: string; secret: string };

/** The installation's own app, from the environment. */
export function installationApp(): FacebookApp {
  const { FACEBOOK_APP_ID, FACEBOOK_APP_SECRET } = env();
  return { id: FACEBOOK_APP_ID, secret: FACEBOOK_APP_SECRET };
}

/**
 * The app that a channel is connected through: the installation's, or one that the workspace brought.
 * @throws AppError channel_unusable when this desk does not know its secret (any more)
 */
export async function facebookApp(
  ctx: Ctx,
  input: { workspaceId: string; facebookAppId: string },
): Promise<FacebookApp> {
  const ours = installationApp();
  if (input.facebookAppId === ours.id) return ours;
  const brought = await findFacebookApp(ctx, input);
  if (brought) return { id: brought.id, secret: brought.secret };
  throw new AppError(
    "channel_unusable",
    `This desk does not know the Facebook app ${input.facebookAppId} any more, through which the account is connected. Connect it again.`,
  );
}

/** Calls about an app rather than in somebody's name. */
export function appToken(app: FacebookApp): { value: string; appSecret: string } {
  return { value: `${app.id}|${app.secret}`, appSecret: app.secret };
}
