import { AppError, errorMessage } from "../errors";
import { openPageToken } from "../inbox/connect-secrets";
import type { Ctx } from "../inbox/context";
import { log } from "../log";
import { facebookApp } from "./facebook-apps";
import type { GraphRequest } from "./graph-client";

type Sealed = { workspaceId: string; channelId: string; facebookAppId: string; tokenSealed: Buffer };

/**
 * Opens a channel's Page token for one call, which is signed with the secret of the app that the token belongs to; it
 * lives no longer than that. @throws AppError channel_unusable
 */
export async function pageToken(ctx: Ctx, channel: Sealed): Promise<NonNullable<GraphRequest["token"]>> {
  const { secret } = await facebookApp(ctx, channel);
  return { value: open(channel), appSecret: secret };
}

function open({ channelId, tokenSealed }: Sealed): string {
  try {
    return openPageToken(channelId, tokenSealed);
  } catch (error) {
    log.error({ channel: channelId, reason: errorMessage(error) }, "a Page token cannot be decrypted");
    throw new AppError(
      "channel_unusable",
      "This desk cannot decrypt its key to the account: its ENCRYPTION_KEY was changed. Who runs the desk adds the former key, or connect the account again.",
    );
  }
}
