import { z } from "zod";
import { installationApp } from "./facebook-apps";
import { readGraph } from "./graph-read";
import { loginRedirectUri } from "./login-dialog";

const TIMEOUT_MS = 15_000;

const tokenAnswer = z.object({ access_token: z.string().min(1) });

/**
 * Turns the dialog's code into a long-lived user token: a Page token that comes from a short-lived one dies within hours.
 * Sent as forms, so that neither code nor token nor secret stands in an address. @throws AppError graph_failed
 */
export async function exchangeCode(code: string): Promise<string> {
  const { id, secret } = installationApp();
  const app = { client_id: id, client_secret: secret };
  const short = await askForToken({ ...app, redirect_uri: loginRedirectUri(), code });
  return askForToken({ ...app, grant_type: "fb_exchange_token", fb_exchange_token: short });
}

async function askForToken(form: Record<string, string>): Promise<string> {
  const answer = await readGraph(
    { method: "POST", path: "/oauth/access_token", form, timeoutMs: TIMEOUT_MS },
    tokenAnswer,
  );
  return answer.access_token;
}
