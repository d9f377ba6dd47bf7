import { z } from "zod";
import { installationApp } from "./facebook-apps";
import { readGraph } from "./graph-read";
import { loginRedirectUri } from "./login-dialog";

const TIMEOUT_MS = 15_000;

const tokenAnswer = z.object({ access_token: z.string().min(1) });

/** Turns the dialog's code into a user token, mostly a short-lived one. @throws AppError graph_failed */
export async function exchangeCode(code: string): Promise<string> {
  return askForToken({ redirect_uri: loginRedirectUri(), code });
}

/**
 * Turns a short-lived user token into a long-lived one: a Page token that comes from a short-lived one dies within hours.
 * @throws AppError graph_failed
 */
export async function prolongToken(userToken: string): Promise<string> {
  return askForToken({ grant_type: "fb_exchange_token", fb_exchange_token: userToken });
}

/** Sent as forms, so that neither code nor token nor secret stands in an address. */
async function askForToken(grant: Record<string, string>): Promise<string> {
  const { id, secret } = installationApp();
  const form = { client_id: id, client_secret: secret, ...grant };
  const answer = await readGraph(
    { method: "POST", path: "/oauth/access_token", form, timeoutMs: TIMEOUT_MS },
    tokenAnswer,
  );
  return answer.access_token;
}
