import { createHmac } from "node:crypto";
import { type RunningEmulator, startEmulator } from "./start-emulator";
import { type DialogPage, readDialog } from "./test-dialog";
import { type Receiver, startReceiver } from "./test-receiver";

export const APP_ID = "1234567890";
export const APP_SECRET = "0123456789abcdef0123456789abcdef";
export const REDIRECT_URI = "http://localhost:3000/channels/connect/callback";
export const CONNECT_SCOPES =
  "public_profile,email,instagram_basic,instagram_manage_messages,pages_manage_metadata,pages_show_list,pages_messaging,pages_read_engagement";

// biome-ignore lint/suspicious/noExplicitAny: answers of the emulator are read by path and asserted on
export type Json = any;

/** An app, its server and a browser without scripts, all talking to one emulator over HTTP. */
export class TestClient {
  private constructor(
    readonly running: RunningEmulator,
    readonly receiver: Receiver,
  ) {}

  static async start(options: Parameters<typeof startEmulator>[0] = {}): Promise<TestClient> {
    const receiver = await startReceiver();
    const running = await startEmulator({
      apps: [
        {
          id: APP_ID,
          secret: APP_SECRET,
          redirectUris: [REDIRECT_URI],
          webhookUrl: receiver.url,
          verifyToken: "verify",
        },
      ],
      ...options,
    });
    const client = new TestClient(running, receiver);
    await client.control(`/apps/${APP_ID}/handshake`, {});
    return client;
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.receiver.close();
  }

  async get(path: string): Promise<Json> {
    return (await fetch(this.running.url + path)).json();
  }

  async post(path: string, body: unknown): Promise<{ status: number; body: Json }> {
    const answer = await fetch(this.running.url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }

  async play(action: string, body: unknown): Promise<Json> {
    const answer = await this.post(`/_play${action}`, body);
    if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async control(action: string, body?: unknown): Promise<Json> {
    if (body === undefined) return this.get(`/_control${action}`);
    const answer = await this.post(`/_control${action}`, body);
    if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** A Graph call with token and proof; a body makes it a POST. */
  async graph(
    path: string,
    token: string | null,
    body?: Record<string, unknown>,
    method?: string,
  ): Promise<{ status: number; body: Json }> {
    const url = new URL(`${this.running.url}/graph/v26.0${path}`);
    if (token !== null) {
      url.searchParams.set("access_token", token);
      url.searchParams.set("appsecret_proof", proofOf(token));
    }
    const answer = await fetch(url, {
      method: method ?? (body ? "POST" : "GET"),
      ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: await answer.json() };
  }

  dialogUrl(scope = CONNECT_SCOPES, more: Record<string, string> = {}): string {
    const query = {
      client_id: APP_ID,
      redirect_uri: REDIRECT_URI,
      state: "state-1",
      response_type: "code",
      scope,
      ...more,
    };
    return `${this.running.url}/facebook/v26.0/dialog/oauth?${new URLSearchParams(query)}`;
  }

  /** Opens the dialog as a person: what it shows, and a way to answer it. */
  async openDialog(person: string, url = this.dialogUrl()): Promise<DialogPage> {
    const chooser = await (await fetch(url)).text();
    const id = new RegExp(`value="(\\d+)">\\s*<button class="person"><img[^>]*>${person}`).exec(chooser)?.[1];
    if (!id) throw new Error(`the dialog does not offer ${person}: ${chooser}`);
    const chosen = await fetch(url, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ step: "person", person: id }),
    });
    const cookie = (chosen.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    return readDialog(this.running.url, this.running.url + (chosen.headers.get("location") ?? ""), cookie);
  }

  /** Logs in through the dialog and returns the long-lived user token. */
  async login(person = "Nora Keller", scope = CONNECT_SCOPES, untick: string[] = []): Promise<string> {
    const target = await (await this.openDialog(person, this.dialogUrl(scope))).answer("continue", untick);
    const short = await this.exchange({ redirect_uri: REDIRECT_URI, code: target.searchParams.get("code") ?? "" });
    return (await this.exchange({ grant_type: "fb_exchange_token", fb_exchange_token: short.body.access_token })).body
      .access_token;
  }

  exchange(params: Record<string, string>): Promise<{ status: number; body: Json }> {
    return this.graph(
      `/oauth/access_token?${new URLSearchParams({ client_id: APP_ID, client_secret: APP_SECRET, ...params })}`,
      null,
    );
  }

  /** Connects a Page: its token, subscribed to the app. */
  async connect(
    pageName = "Nora Ceramics",
    person = "Nora Keller",
  ): Promise<{ token: string; pageId: string; igId: string }> {
    const user = await this.login(person);
    const list = await this.graph(
      "/me/accounts?limit=100&fields=id,name,access_token,instagram_business_account",
      user,
    );
    const page = list.body.data.find((one: Json) => one.name === pageName);
    await this.graph(`/${page.id}/subscribed_apps`, page.access_token, { subscribed_fields: "messages" });
    return { token: page.access_token, pageId: page.id, igId: page.instagram_business_account.id };
  }
}

export function proofOf(token: string): string {
  return createHmac("sha256", APP_SECRET).update(token).digest("hex");
}

/** Polls until `read` gives something, at most five seconds. */
export async function until<T>(
  read: () => T | null | undefined | false | Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 5000;
  while (Date.now() < deadline) {
    const value = await read();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error("it did not happen within 5 s");
}
