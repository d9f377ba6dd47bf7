import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { APP_ID, APP_SECRET, CONNECT_SCOPES, type Json, REDIRECT_URI, TestClient } from "./test-client";

const ORIGIN = new URL(REDIRECT_URI).origin;
const APP_TOKEN = `${APP_ID}|${APP_SECRET}`;

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(() => client.control("/reset", {}));
afterAll(() => client.close());

/** The dialog as the SDK opens it. */
function popUp(more: Record<string, string> = {}): string {
  const query = {
    client_id: APP_ID,
    display: "popup",
    sdk: "joey",
    origin: ORIGIN,
    cb: "f1",
    response_type: "token,signed_request,graph_domain,granted_scopes",
    scope: CONNECT_SCOPES,
    ...more,
  };
  return `${client.running.url}/facebook/v26.0/dialog/oauth?${new URLSearchParams(query)}`;
}

/** What the last page of the pop-up tells the page that opened it. */
async function told(url: string, person = "Nora Keller", decision: "continue" | "cancel" = "continue"): Promise<Json> {
  const html = await (await client.openDialog(person, url)).press(decision);
  const message = /const \{ cb, params, origin \} = (\{.*\});/.exec(html)?.[1];
  if (!message) throw new Error(`no message to the opener: ${html}`);
  return JSON.parse(message);
}

async function configure(body: Json): Promise<string> {
  return (await client.control(`/apps/${APP_ID}/configurations`, body)).configuration.id;
}

test("the script is served like Facebook's, and knows its dialog", async () => {
  const answer = await fetch(`${client.running.url}/sdk/en_US/sdk.js`);
  expect(answer.headers.get("content-type")).toContain("javascript");
  const text = await answer.text();
  expect(() => new Function(text)).not.toThrow();
  expect(text).toContain(`${client.running.url}/facebook`);
  expect((await fetch(`${client.running.url}/sdk/sdk.js`)).status).toBe(404);
});

test("the pop-up answers with a token, the person and what was granted", async () => {
  const { cb, origin, params } = await told(popUp());
  expect({ cb, origin }).toEqual({ cb: "f1", origin: ORIGIN });
  expect((await client.graph("/me", params.access_token)).body.name).toBe("Nora Keller");
  expect(params.granted_scopes.split(",")).toContain("instagram_manage_messages");
  expect(Number(params.expires_in)).toBe(5400);
  const debug = (await client.graph(`/debug_token?input_token=${params.access_token}`, APP_TOKEN)).body.data;
  expect(String(debug.data_access_expires_at)).toBe(params.data_access_expiration_time);
  const payload = JSON.parse(Buffer.from(params.signed_request.split(".")[1], "base64url").toString());
  expect(payload).toMatchObject({ user_id: debug.user_id, algorithm: "HMAC-SHA256" });
  expect((await client.exchange({ code: payload.code, redirect_uri: "" })).body.access_token).toBeTruthy();
  expect((await told(popUp(), "Ingrid Berg", "cancel")).params).toMatchObject({ error: "access_denied" });
});

test("a code of the pop-up is redeemed without a redirect_uri, or with the page's", async () => {
  const code = async () =>
    (await told(popUp({ response_type: "code", override_default_response_type: "true" }))).params;
  const first = await code();
  expect(Object.keys(first)).toEqual(["code"]);
  const foreign = await client.exchange({ code: first.code, redirect_uri: "http://elsewhere.example/" });
  expect(foreign.body.error).toMatchObject({ code: 100, error_subcode: 36008 });
  expect((await client.exchange({ code: first.code })).body.token_type).toBe("bearer");
  expect((await client.exchange({ code: first.code })).body.error.message).toContain("has been used");
  const second = await code();
  expect((await client.exchange({ code: second.code, redirect_uri: `${ORIGIN}/channels` })).status).toBe(200);
});

test("the SDK runs on listed hosts only", async () => {
  const other = popUp({ origin: "https://desk.example" });
  const refused = await fetch(other);
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("JSSDK Unknown Host domain");
  await client.control(`/apps/${APP_ID}`, { sdkDomains: ["https://desk.example/"] });
  expect((await fetch(other)).status).toBe(200);
});

test("the login status is told to listed origins, by the cookie of the browser", async () => {
  const status = async (origin: string, cookie = "") => {
    const url = `${client.running.url}/facebook/x/oauth/status?${new URLSearchParams({ client_id: APP_ID, origin })}`;
    const answer = await fetch(url, { headers: { origin, cookie } });
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  expect((await status("https://evil.example")).status).toBe(403);
  expect((await status(ORIGIN)).body).toEqual({ status: "unknown", params: null });
  const [nora] = (await client.control("/people")).people;
  expect((await status(ORIGIN, `emulator_person=${nora.id}`)).body.status).toBe("not_authorized");
  await client.login();
  expect((await status(ORIGIN, `emulator_person=${nora.id}`)).body).toMatchObject({
    status: "connected",
    params: { access_token: expect.any(String) },
  });
});

test("a configuration grants all of its permissions or none", async () => {
  const scopes = ["pages_show_list", "instagram_basic", "instagram_manage_messages", "business_management"];
  const id = await configure({ scopes });
  await client.login("Nora Keller", "email", ["email"]);
  const dialog = () => client.openDialog("Nora Keller", client.dialogUrl("email", { config_id: id }));
  const page = await dialog();
  expect(page.scopes).toEqual(scopes);
  expect(page.html).not.toMatch(/name="scope" value="\w+" aria-label="\w+" checked>/);
  expect(page.pages).toContain("Nora Ceramics");
  expect((await page.answer("cancel")).searchParams.get("error")).toBe("access_denied");
  const untouched = (await client.control("/grants")).grants[0];
  expect(untouched.granted).toEqual(["public_profile"]);
  await (await dialog()).answer("continue", [...scopes, "Alder & Ash"]);
  const [grant] = (await client.control("/grants")).grants;
  expect(grant.granted).toEqual(["public_profile", ...scopes]);
  expect(grant.pages).not.toBe("all");
  expect((await dialog()).scopes).toEqual([]);
});

test("an unknown configuration is refused on Facebook's page", async () => {
  const answer = await fetch(client.dialogUrl("email", { config_id: "12345" }));
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("Invalid configuration");
});

test("a configuration for a system user gives a token of the business that does not expire", async () => {
  const scopes = ["pages_show_list", "instagram_basic", "instagram_manage_messages", "business_management"];
  const id = await configure({ scopes, tokenType: "system_user" });
  expect((await fetch(client.dialogUrl("", { config_id: id }))).status).toBe(400);
  const url = client.dialogUrl("", { config_id: id, override_default_response_type: "true" });
  const target = await (await client.openDialog("Nora Keller", url)).answer("continue");
  const token = await client.exchange({ code: target.searchParams.get("code") ?? "", redirect_uri: REDIRECT_URI });
  expect(token.body).toEqual({ access_token: expect.any(String), token_type: "bearer" });
  const debug = (await client.graph(`/debug_token?input_token=${token.body.access_token}`, APP_TOKEN)).body.data;
  expect(debug).toMatchObject({ type: "SYSTEM_USER", expires_at: 0, is_valid: true });
  const me = (await client.graph("/me", token.body.access_token)).body;
  expect(me).toEqual({ id: debug.user_id, name: "Replydesk System User" });
  await client.control("/tokens", { person: "Nora Keller", action: "password-change" });
  const pages = await client.graph("/me/accounts?limit=100&fields=name,access_token", token.body.access_token);
  expect(pages.body.data.length).toBeGreaterThan(30);
});

test("the redirect takes a token in its fragment when it was asked", async () => {
  const page = await client.openDialog("Nora Keller", client.dialogUrl("email", { response_type: "token" }));
  const target = await page.answer("continue");
  expect(target.search).toBe("");
  const params = new URLSearchParams(target.hash.slice(1));
  expect(params.get("state")).toBe("state-1");
  expect((await client.graph("/me?fields=email", params.get("access_token"))).body.email).toContain("nora");
});

test("an app in development lets nobody in without a role", async () => {
  await client.control(`/apps/${APP_ID}`, { mode: "development" });
  expect((await client.openDialog("Ingrid Berg")).html).toContain("App not active");
  expect((await client.openDialog("Nora Keller")).scopes).toContain("instagram_basic");
  await client.control(`/apps/${APP_ID}`, { restricted: true });
  expect(await (await fetch(client.dialogUrl())).text()).toContain("App not active");
});
