import { decryptSecret, encryptSecret, type Keyring } from "../crypto";
import { processHandles } from "../process-handles";

/** The login of one connect attempt; it decrypts for no other. */
export function sealUserToken(attemptId: string, token: string): Buffer {
  return encryptSecret(keyring(), token, `connect-attempt:${attemptId}`);
}

export function openUserToken(attemptId: string, sealed: Buffer): string {
  return decryptSecret(keyring(), sealed, `connect-attempt:${attemptId}`);
}

export function sealPageToken(channelId: string, token: string): Buffer {
  return encryptSecret(keyring(), token, `channel:${channelId}`);
}

function keyring(): Keyring {
  const handle = processHandles().keyring;
  if (!handle) throw new Error("The keyring is opened by the server process; nothing opened it here.");
  return handle;
}
