import { createHmac } from "node:crypto";
import { answerDialog, type DialogAnswer, type RunningEmulator } from "./connect-emulator";

export type TestApp = { id: string; secret: string; redirectUri: string };

const SCOPES =
  "instagram_basic,instagram_manage_messages,pages_manage_metadata,pages_show_list,pages_messaging,pages_read_engagement";

/** What Facebook's script gives to a page: a short-lived user token, straight from the dialog. */
export async function browserToken(
  emulator: RunningEmulator,
  app: TestApp,
  answer: DialogAnswer & { scopes?: string },
): Promise<string> {
  const url = new URL(`${emulator.url}/facebook/v26.0/dialog/oauth`);
  url.searchParams.set("client_id", app.id);
  url.searchParams.set("redirect_uri", app.redirectUri);
  url.searchParams.set("response_type", "token");
  url.searchParams.set("scope", answer.scopes ?? SCOPES);
  const back = await answerDialog(emulator, url.href, answer);
  const token = new URLSearchParams(back.hash.slice(1)).get("access_token");
  if (!token) throw new Error(`The dialog gave no token: ${back.href}`);
  return token;
}

/** What the app's dashboard gives for a Page: a token without end, or with `lasting: false` one of an hour. */
export async function pageTokenOf(
  emulator: RunningEmulator,
  app: TestApp,
  options: { person: string; pageName: string; scopes?: string; lasting?: boolean },
): Promise<string> {
  let token = await browserToken(emulator, app, options);
  if (options.lasting !== false) {
    const exchange = { grant_type: "fb_exchange_token", client_id: app.id, client_secret: app.secret };
    const answer = await graph<{ access_token: string }>(emulator, "/oauth/access_token", {
      ...exchange,
      fb_exchange_token: token,
    });
    token = answer.access_token;
  }
  const appsecret_proof = createHmac("sha256", app.secret).update(token).digest("hex");
  const params = { access_token: token, appsecret_proof, fields: "name,access_token", limit: "100" };
  const { data } = await graph<{ data: { name: string; access_token: string }[] }>(emulator, "/me/accounts", params);
  const found = data.find(({ name }) => name === options.pageName);
  if (!found) throw new Error(`${options.person} has no Page ${options.pageName}.`);
  return found.access_token;
}

async function graph<T>(emulator: RunningEmulator, path: string, params: Record<string, string>): Promise<T> {
  const response = await fetch(`${emulator.url}/graph/v26.0${path}?${new URLSearchParams(params)}`);
  if (!response.ok) throw new Error(`Graph answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
