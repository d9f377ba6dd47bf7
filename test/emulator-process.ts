import { createHmac } from "node:crypto";
import { refuseStoryFetches } from "@/e2e/story-fetches";
import { type Child, startChild } from "./child-process";

export type FacebookApp = { id: string; secret: string; verifyToken: string };

export type ConnectedPage = { pageId: string; accountId: string; token: string };

/** The emulator as a process of its own, with a fresh world. */
export type EmulatorProcess = {
  url: string;
  /** `path` begins with /_play or /_control. @throws with the emulator's words when it refuses */
  post<T = Record<string, unknown>>(path: string, body?: object): Promise<T>;
  get<T = Record<string, unknown>>(path: string): Promise<T>;
  /** Grants everything to the app, takes the Page's token through the login dialog, and subscribes the Page. */
  connect(person: string, pageName: string): Promise<ConnectedPage>;
  /** Forgets all faults; calls that hang are broken off. */
  clearFaults(): Promise<void>;
  /** @throws when a server has asked for the media of a story */
  stop(): Promise<void>;
};

const SCOPES = [
  "public_profile",
  "pages_show_list",
  "pages_manage_metadata",
  "pages_messaging",
  "pages_read_engagement",
  "instagram_basic",
  "instagram_manage_messages",
];
const FIELDS = ["messages", "message_echoes", "messaging_postbacks", "message_reactions", "message_reads"];
const REDIRECT = "http://localhost/connected";

export async function startEmulatorProcess(script: string, app: FacebookApp): Promise<EmulatorProcess> {
  const child = await startChild(
    script,
    {
      EMULATOR_PORT: "0",
      EMULATOR_APP_ID: app.id,
      EMULATOR_APP_SECRET: app.secret,
      EMULATOR_REDIRECT_URIS: REDIRECT,
    },
    "Instagram emulator:",
  );
  const url = addressOf(child);

  async function post<T>(path: string, body: object = {}): Promise<T> {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  async function get<T>(path: string): Promise<T> {
    const response = await fetch(url + path);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  async function graph<T>(path: string, params: Record<string, string>): Promise<T> {
    const response = await fetch(`${url}/graph/v26.0${path}?${new URLSearchParams(params)}`);
    if (!response.ok) throw new Error(`Graph refused ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  async function userToken(personId: string): Promise<string> {
    const asked = new URLSearchParams({ client_id: app.id, redirect_uri: REDIRECT, scope: SCOPES.join(",") });
    const allowed = await fetch(`${url}/facebook/v26.0/dialog/oauth?${asked}`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: `emulator_person=${personId}` },
      body: new URLSearchParams({ step: "consent", decision: "continue" }),
    });
    const code = new URL(allowed.headers.get("location") ?? "").searchParams.get("code") ?? "";
    const client = { client_id: app.id, client_secret: app.secret };
    type Issued = { access_token: string };
    const short = await graph<Issued>("/oauth/access_token", { ...client, code, redirect_uri: REDIRECT });
    const long = await graph<Issued>("/oauth/access_token", {
      ...client,
      grant_type: "fb_exchange_token",
      fb_exchange_token: short.access_token,
    });
    return long.access_token;
  }

  return {
    url,
    post,
    get,
    async connect(person, pageName) {
      const { people } = await get<{ people: { id: string; name: string }[] }>("/_control/people");
      const personId = people.find((one) => one.name === person)?.id ?? "";
      await post("/_control/grants", { person, grant: SCOPES, pages: "all" });
      const token = await userToken(personId);
      type Listed = { id: string; name: string; access_token: string; instagram_business_account?: { id: string } };
      const { data } = await graph<{ data: Listed[] }>("/me/accounts", {
        access_token: token,
        appsecret_proof: createHmac("sha256", app.secret).update(token).digest("hex"),
        fields: "id,name,access_token,instagram_business_account",
        limit: "100",
      });
      const page = data.find((one) => one.name === pageName);
      if (!page?.instagram_business_account) throw new Error(`${person} has no Page ${pageName} with an account.`);
      await post("/_control/subscriptions", { appId: app.id, pageId: page.id, fields: FIELDS });
      return { pageId: page.id, accountId: page.instagram_business_account.id, token: page.access_token };
    },
    async clearFaults() {
      await fetch(`${url}/_control/faults`, { method: "DELETE" });
    },
    stop: () => refuseStoryFetches(url).finally(child.kill),
  };
}

function addressOf(child: Child): string {
  const address = /https?:\/\/\S+/.exec(child.said.join("\n"))?.[0];
  if (!address) throw new Error("The emulator did not say its address.");
  return address;
}
