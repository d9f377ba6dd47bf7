import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { APP_ID, type Json, REDIRECT_URI, TestClient } from "./test-client";

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(() => client.control("/reset", {}));
afterAll(() => client.close());

const codeOf = (target: URL) => target.searchParams.get("code") ?? "";

async function otherApp(): Promise<{ id: string; secret: string }> {
  const { app } = await client.control("/apps", { name: "Another", person: "Nora Keller" });
  await client.control(`/apps/${app.id}`, { mode: "live", redirectUris: [REDIRECT_URI] });
  return app;
}

test("state comes back as it went, whatever is in it, and only when it was there", async () => {
  const state = `{"at":"/channels?a=1&b=2","nonce":"ä +%20#/=\u{1f3fa}"}${"x".repeat(900)}`;
  const asked = client.dialogUrl("email", { state });
  expect((await (await client.openDialog("Nora Keller", asked)).answer("continue")).searchParams.get("state")).toBe(
    state,
  );
  expect((await (await client.openDialog("Nora Keller", asked)).answer("cancel")).searchParams.get("state")).toBe(
    state,
  );
  const without = new URL(asked);
  without.searchParams.delete("state");
  const target = await (await client.openDialog("Nora Keller", without.href)).answer("continue");
  expect([...target.searchParams.keys()]).toEqual(["code"]);
  expect(target.hash).toBe("#_=_");
});

test("a code is good for the app it was made for, and for its secret", async () => {
  const other = await otherApp();
  const code = codeOf(await (await client.openDialog("Nora Keller")).answer("continue"));
  const stolen = await client.exchange({
    client_id: other.id,
    client_secret: other.secret,
    redirect_uri: REDIRECT_URI,
    code,
  });
  expect(stolen.body.error).toMatchObject({ code: 100, type: "OAuthException" });
  expect((await client.exchange({ client_secret: other.secret, redirect_uri: REDIRECT_URI, code })).body.error).toEqual(
    expect.objectContaining({ code: 1, message: "Error validating client secret." }),
  );
  expect((await client.exchange({ redirect_uri: REDIRECT_URI, code })).status).toBe(200);
  expect((await client.exchange({ redirect_uri: REDIRECT_URI, code })).body.error).toMatchObject({
    code: 100,
    error_subcode: 36009,
  });
  expect((await client.exchange({ redirect_uri: REDIRECT_URI, code: "AQmadeup" })).body.error.code).toBe(100);
});

test("a token is exchanged by its own app while it lives, and no Page token is", async () => {
  const other = await otherApp();
  const target = await (await client.openDialog("Nora Keller")).answer("continue");
  const short = (await client.exchange({ redirect_uri: REDIRECT_URI, code: codeOf(target) })).body.access_token;
  const exchange = (token: string, more: Record<string, string> = {}) =>
    client.exchange({ grant_type: "fb_exchange_token", fb_exchange_token: token, ...more });
  const foreign = await exchange(short, { client_id: other.id, client_secret: other.secret });
  expect(foreign.body.error.code).toBe(190);
  const long = (await exchange(short)).body;
  expect(long.expires_in).toBeGreaterThan(59 * 24 * 60 * 60);
  expect((await exchange(long.access_token)).body.access_token).toBe(long.access_token);
  const { data } = (await client.graph("/me/accounts?limit=1", long.access_token)).body;
  expect((await exchange(data[0].access_token)).body.error.code).toBe(190);
  await client.control("/clock", { advanceMs: 2 * 60 * 60 * 1000 });
  expect((await exchange(short)).body.error).toMatchObject({ code: 190, error_subcode: 463 });
});

test("scopes that are no scopes are refused, the human agent feature among them", async () => {
  for (const scope of ["human_agent", "instagram_business_basic", "manage_pages"]) {
    const answer = await fetch(client.dialogUrl(`email,${scope}`));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`Invalid Scopes: ${scope}`);
  }
});

test("what was chosen is remembered per app, until the app is removed", async () => {
  const other = await otherApp();
  await (await client.openDialog("Nora Keller")).answer("continue", ["email", "Olive Row"]);
  const elsewhere = await client.openDialog("Nora Keller", client.dialogUrl("email", { client_id: other.id }));
  expect(elsewhere.scopes).toEqual(["public_profile", "email"]);
  expect((await client.openDialog("Nora Keller")).scopes).toEqual([]);
  await client.control("/grants", { person: "Nora Keller", appId: APP_ID, remove: true });
  const again = await client.openDialog("Nora Keller");
  expect(again.scopes).toContain("email");
  expect(again.ticked).toContain("Olive Row");
  const grants = (await client.control("/grants")).grants;
  expect(grants.map((one: Json) => one.appId)).toEqual([]);
});

test("two apps that listen to one Page each get its events, signed with their own secret", async () => {
  const other = await otherApp();
  const page = await client.connect();
  const graph = (path: string, init?: RequestInit) =>
    fetch(`${client.running.url}/graph/v26.0${path}`, init).then((answer) => answer.json()) as Promise<Json>;
  const subscriptions = `/${other.id}/subscriptions?access_token=${other.id}|${other.secret}`;
  const form = (verify_token: string) => ({
    method: "POST",
    body: new URLSearchParams({
      object: "instagram",
      callback_url: client.receiver.url,
      fields: "messages",
      verify_token,
    }),
  });
  expect((await graph(subscriptions, form("wrong"))).error).toMatchObject({ code: 2200 });
  expect((await graph(subscriptions)).data).toEqual([]);
  expect(await graph(subscriptions, form("verify"))).toEqual({ success: true });
  expect((await graph(subscriptions)).data[0]).toMatchObject({
    object: "instagram",
    callback_url: client.receiver.url,
  });
  await client.control("/subscriptions", { appId: other.id, pageId: page.pageId, fields: ["messages"] });
  client.receiver.received.length = 0;
  await client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "Hi" });
  await client.control("/idle");
  const signatures = client.receiver.received.map((one) => one.headers["x-hub-signature-256"]);
  expect(new Set(signatures).size).toBe(2);
  expect(await graph(`${subscriptions}&object=instagram`, { method: "DELETE" })).toEqual({ success: true });
  expect((await graph(subscriptions)).data).toEqual([]);
});
