import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { APP_ID, APP_SECRET, proofOf, REDIRECT_URI, TestClient } from "./test-client";

const HOUR_MS = 60 * 60 * 1000;

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(() => client.control("/reset", {}));
afterAll(() => client.close());

async function newCode(): Promise<string> {
  return (await (await client.openDialog("Nora Keller")).answer("continue")).searchParams.get("code") ?? "";
}

test("a code becomes a short token once, and only for the same redirect_uri and secret", async () => {
  const code = await newCode();
  const redeem = (params: Record<string, string>) => client.exchange({ redirect_uri: REDIRECT_URI, code, ...params });
  expect((await redeem({ redirect_uri: `${REDIRECT_URI}/` })).body.error).toMatchObject({
    code: 100,
    error_subcode: 36008,
  });
  expect((await redeem({ client_secret: "wrong" })).body.error).toMatchObject({
    code: 1,
    message: "Error validating client secret.",
  });
  const token = await redeem({});
  expect(token.body).toMatchObject({ token_type: "bearer", expires_in: 5400 });
  const again = await redeem({});
  expect(again.status).toBe(400);
  expect(again.body.error.message).toBe("This authorization code has been used.");

  const late = await newCode();
  await client.control("/clock", { advanceMs: 11 * 60 * 1000 });
  expect((await redeem({ code: late })).body.error.message).toBe("This authorization code has expired.");
});

test("a code is also redeemed by a form POST, as sign-in libraries do", async () => {
  const body = new URLSearchParams({
    client_id: APP_ID,
    client_secret: APP_SECRET,
    redirect_uri: REDIRECT_URI,
    code: await newCode(),
  });
  const answer = await fetch(`${client.running.url}/graph/oauth/access_token`, { method: "POST", body });
  expect(await answer.json()).toMatchObject({ token_type: "bearer" });
});

test("a page token of a long-lived user token has no expiry, that of a short one ends with it", async () => {
  const short = (await client.exchange({ redirect_uri: REDIRECT_URI, code: await newCode() })).body.access_token;
  const long = (await client.exchange({ grant_type: "fb_exchange_token", fb_exchange_token: short })).body.access_token;
  const pageToken = async (user: string) =>
    (await client.graph("/me/accounts?limit=1", user)).body.data[0].access_token;
  const [fromShort, fromLong] = [await pageToken(short), await pageToken(long)];
  expect(await pageToken(long)).toBe(fromLong);
  await client.control("/clock", { advanceMs: 2 * HOUR_MS });
  expect((await client.graph("/me", fromShort)).body.error).toMatchObject({ code: 190, error_subcode: 463 });
  expect((await client.graph("/me", short)).body.error).toMatchObject({ code: 190, error_subcode: 463 });
  await client.control("/clock", { advanceMs: 61 * 24 * HOUR_MS });
  expect((await client.graph("/me", long)).body.error).toMatchObject({ error_subcode: 463 });
  expect((await client.graph("/me", fromLong)).body.name).toBe("Alder & Ash");
  expect((await client.exchange({ grant_type: "fb_exchange_token", fb_exchange_token: long })).body.error.code).toBe(
    190,
  );
});

test.each([
  ["password-change", 460],
  ["revoke", 467],
  ["checkpoint", 459],
])("%s ends user and page tokens with 190/%i, restore mends it", async (action, subcode) => {
  const { token } = await client.connect();
  await client.control("/tokens", { person: "Nora Keller", action });
  const refused = await client.graph("/me", token);
  expect(refused.status).toBe(400);
  expect(refused.body.error).toMatchObject({ code: 190, error_subcode: subcode, type: "OAuthException" });
  await client.control("/tokens", { person: "Nora Keller", action: "restore" });
  expect((await client.graph("/me", token)).body.name).toBe("Nora Ceramics");
});

test("a lost role on the Page ends its token with 190/492", async () => {
  const { token, pageId } = await client.connect();
  await client.control("/roles", { person: "Nora Keller", pageId, tasks: null });
  expect((await client.graph("/me", token)).body.error).toMatchObject({ code: 190, error_subcode: 492 });
});

test("DELETE /me/permissions takes one permission, or removes the app", async () => {
  const user = await client.login();
  expect((await client.graph("/me/permissions/email", user, undefined, "DELETE")).body).toEqual({ success: true });
  expect((await client.graph("/me?fields=email", user)).body.email).toBeUndefined();
  expect((await client.graph("/me/permissions", user, undefined, "DELETE")).body).toEqual({ success: true });
  expect((await client.graph("/me", user)).body.error).toMatchObject({ code: 190, error_subcode: 458 });
});

test("a wrong appsecret_proof is refused, a missing one too while the app demands it", async () => {
  const user = await client.login();
  const me = (proof: string | null) =>
    client.get(`/graph/v26.0/me?access_token=${user}${proof === null ? "" : `&appsecret_proof=${proof}`}`);
  expect((await me(proofOf(user))).name).toBe("Nora Keller");
  expect((await me(proofOf("another"))).error).toMatchObject({
    code: 100,
    message: "Invalid appsecret_proof provided in the API argument",
  });
  expect((await me(null)).error.message).toContain("require an appsecret_proof");
  await client.control("/apps", { id: APP_ID, secret: APP_SECRET, requireProof: false });
  expect((await me(null)).name).toBe("Nora Keller");
  await client.control("/apps", { id: APP_ID, secret: APP_SECRET, requireProof: true });
  const proofs = (await client.control("/requests")).entries.slice(-4).map((entry: { proof: string }) => entry.proof);
  expect(proofs).toEqual(["valid", "invalid", "absent", "absent"]);
});

test("debug_token tells type, Page and selected assets, and says why a token is dead", async () => {
  const debug = async (token: string) =>
    (await client.graph(`/debug_token?input_token=${token}`, `${APP_ID}|${APP_SECRET}`)).body.data;
  const all = await client.login();
  expect((await debug(all)).granular_scopes).toContainEqual({ scope: "pages_show_list" });

  await client.control("/reset", {});
  const user = await client.login("Ingrid Berg", undefined, ["Bergen Yarn Club"]);
  const page = (await client.graph("/me/accounts", user)).body.data[0];
  const facts = await debug(page.access_token);
  expect(facts).toMatchObject({ app_id: APP_ID, type: "PAGE", profile_id: page.id, expires_at: 0, is_valid: true });
  const account = (await client.graph(`/${page.id}?fields=instagram_business_account`, page.access_token)).body
    .instagram_business_account;
  expect(facts.granular_scopes).toContainEqual({ scope: "pages_show_list", target_ids: [page.id] });
  expect(facts.granular_scopes).toContainEqual({ scope: "instagram_basic", target_ids: [account.id] });
  await client.control("/tokens", { token: user, action: "revoke" });
  expect(await debug(page.access_token)).toMatchObject({ is_valid: false, error: { code: 190, subcode: 467 } });
  expect(await debug("nonsense")).toMatchObject({ is_valid: false, error: { code: 190 } });
});
