import { env } from "../env";
import type { Ctx } from "../inbox/context";
import { startConnectAttempt } from "../inbox/start-connect-attempt";
import { loginDemand } from "./login-dialog";
import { settleLogin } from "./settle-login";
import { trustLogin } from "./trust-login";

/** What a page needs to log in with Facebook's JavaScript SDK. */
export type PopUpLogin = {
  sdkUrl: string;
  init: { appId: string; version: string };
  /** Options of FB.login. */
  options: Record<string, string | boolean>;
};

export function popUpLogin(): PopUpLogin {
  const { FACEBOOK_SDK_URL, FACEBOOK_APP_ID, FACEBOOK_GRAPH_VERSION } = env();
  return {
    sdkUrl: FACEBOOK_SDK_URL,
    init: { appId: FACEBOOK_APP_ID, version: FACEBOOK_GRAPH_VERSION },
    // Asked again each time: who opens the pop-up anew after unticking something would never see the boxes again.
    options: { ...loginDemand(), auth_type: "rerequest", return_scopes: true },
  };
}

/** @returns what the answer has to bring back, and what to put into the browser's cookie first */
export async function startPopUp(
  ctx: Ctx,
  input: { previousBrowser: string | null; channelId: string | null },
): Promise<{ state: string; browser: string }> {
  return startConnectAttempt(ctx, { ...input, way: "pop_up" });
}

/**
 * Takes what Facebook's script gave to our page. Its token came through a browser: it is worth nothing until Facebook has
 * vouched for it. @throws AppError attempt_expired when it is not the answer to a question of this browser and member
 */
export async function receivePopUpAnswer(
  ctx: Ctx,
  input: { state: string; browser: string | null; accessToken: string; personId: string },
): Promise<void> {
  await settleLogin(ctx, input, () => trustLogin(input.accessToken, input.personId));
}
