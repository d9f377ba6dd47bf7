import type { Ctx } from "../inbox/context";
import { startConnectAttempt } from "../inbox/start-connect-attempt";
import { isBusinessLogin, loginDialogUrl } from "./login-dialog";

export type ConnectStart = {
  /** What the browser had in its cookie until now. */
  previousBrowser: string | null;
  /** The channel to reconnect, when it begins there. */
  channelId: string | null;
  /** Show declined permissions again. */
  askAgain: boolean;
};

/** @returns where to send the browser, and what to put into its cookie first */
export async function startConnecting(ctx: Ctx, input: ConnectStart): Promise<{ dialogUrl: string; browser: string }> {
  const way = isBusinessLogin() ? "business_login" : "login";
  const { state, browser } = await startConnectAttempt(ctx, { ...input, way });
  return { dialogUrl: loginDialogUrl({ state, askAgain: input.askAgain }), browser };
}
