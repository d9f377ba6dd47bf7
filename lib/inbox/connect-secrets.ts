import { decryptSecret, encryptSecret, type Keyring } from "../crypto";
import { processHandles } from "../process-handles";

/** The login, or the pasted token, of one connect attempt; it decrypts for no other. */
export function sealUserToken(attemptId: string, token: string): Buffer {
  return encryptSecret(keyring(), token, `connect-attempt:${attemptId}`);
}

export function openUserToken(attemptId: string, sealed: Buffer): string {
  return decryptSecret(keyring(), sealed, `connect-attempt:${attemptId}`);
}

export function sealPageToken(channelId: string, token: string): Buffer {
  return encryptSecret(keyring(), token, `channel:${channelId}`);
}

export function openPageToken(channelId: string, sealed: Buffer): string {
  return decryptSecret(keyring(), sealed, `channel:${channelId}`);
}

type AppRef = { workspaceId: string; facebookAppId: string };

/** The secret of a Facebook app that a workspace brought; it decrypts for no other workspace and no other app. */
export function sealAppSecret({ workspaceId, facebookAppId }: AppRef, secret: string): Buffer {
  return encryptSecret(keyring(), secret, `facebook-app:${workspaceId}:${facebookAppId}`);
}

export function openAppSecret({ workspaceId, facebookAppId }: AppRef, sealed: Buffer): string {
  return decryptSecret(keyring(), sealed, `facebook-app:${workspaceId}:${facebookAppId}`);
}

function keyring(): Keyring {
  const handle = processHandles().keyring;
  if (!handle) throw new Error("The keyring is opened by the server process; nothing opened it here.");
  return handle;
}
