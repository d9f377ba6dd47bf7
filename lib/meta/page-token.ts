import { decryptSecret } from "../crypto";
import { env } from "../env";
import { processHandles } from "../process-handles";
import type { GraphRequest } from "./graph-client";

type Sealed = { channelId: string; tokenSealed: Buffer };

/** Opens a channel's Page token for one call; it lives no longer than that. */
export function pageToken(channel: Sealed): NonNullable<GraphRequest["token"]> {
  const { keyring } = processHandles();
  if (!keyring) throw new Error("The keyring is opened by the server process; nothing opened it here.");
  return {
    value: decryptSecret(keyring, channel.tokenSealed, `channel:${channel.channelId}`),
    appSecret: env().FACEBOOK_APP_SECRET,
  };
}
