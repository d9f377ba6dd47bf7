import type { Emulator } from "../emulator";
import { callApp } from "../webhooks/post";
import { signedRequest } from "../webhooks/wire";
import type { App } from "../world/types";

const TIMEOUT_MS = 5000;

/** The person removes the app: the grant is forgotten, tokens answer 190/458, the deauthorize callback is called. */
export function removeApp(emulator: Emulator, personId: string, appId: string): void {
  const { world } = emulator;
  world.grants = world.grants.filter((grant) => grant.personId !== personId || grant.appId !== appId);
  for (const token of world.tokens) {
    if (token.personId === personId && token.appId === appId) token.death ??= "removed";
  }
  emulator.changed();
  const app = emulator.app(appId);
  if (app?.deauthorizeUrl) void callBack(emulator, app, app.deauthorizeUrl, personId);
}

/** POSTs the `signed_request` that names the person to one of the app's callbacks. */
export async function callBack(emulator: Emulator, app: App, url: string, personId: string) {
  const issuedAt = Math.floor(emulator.now() / 1000);
  const signed = signedRequest(app.secret, {
    user_id: personId,
    algorithm: "HMAC-SHA256",
    issued_at: issuedAt,
    expires: 0,
  });
  const body = new URLSearchParams({ signed_request: signed }).toString();
  const result = await callApp("POST", url, { "content-type": "application/x-www-form-urlencoded" }, body, TIMEOUT_MS);
  if (result.status !== 200) emulator.options.log(`callback ${url} answered ${result.status ?? result.error}`);
  return result;
}
