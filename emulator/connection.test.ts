import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { APP_ID, APP_SECRET, type Json, TestClient, until } from "./test-client";

const APP_TOKEN = `${APP_ID}|${APP_SECRET}`;

let client: TestClient;
let page: { token: string; pageId: string; igId: string };
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(async () => {
  await client.control("/reset", {});
  Object.assign(client.receiver.answer, { status: 200, body: "" });
  client.receiver.received.length = 0;
  page = await client.connect();
});
afterAll(() => client.close());

const app = (body: Json) => client.control(`/apps/${APP_ID}`, body);
const me = () => client.graph("/me?fields=id,name", page.token);
const debug = async (token = page.token) =>
  (await client.graph(`/debug_token?input_token=${token}`, APP_TOKEN)).body.data;
const conversations = async () =>
  (await client.graph(`/${page.pageId}/conversations?platform=instagram`, page.token)).body;
const send = async (customerId = "ana.lima") => {
  const { thread } = await client.play("/send", { customerId, igId: page.igId, text: "Hi" });
  const message = { recipient: { id: thread.igsid }, message: { text: "Hello" } };
  return (await client.graph(`/${page.pageId}/messages`, page.token, message)).body;
};

test("a reset secret is refused with everything made under it, and says the new one", async () => {
  const { secret } = await client.control(`/apps/${APP_ID}/secret`, {});
  expect(secret).toMatch(/^[0-9a-f]{32}$/);
  const asked = await client.graph(`/debug_token?input_token=${page.token}`, APP_TOKEN);
  expect(asked.body.error).toMatchObject({ code: 190, message: "Invalid OAuth access token signature." });
  expect((await me()).body.error).toMatchObject({ code: 100, message: expect.stringContaining("appsecret_proof") });
  const proof = createHmac("sha256", secret).update(page.token).digest("hex");
  const dead = await client.get(`/graph/v26.0/me?access_token=${page.token}&appsecret_proof=${proof}`);
  expect(dead.error).toMatchObject({ code: 190, error_subcode: 467 });
  const facts = (await client.get(`/graph/debug_token?input_token=${page.token}&access_token=${APP_ID}|${secret}`))
    .data;
  expect(facts).toMatchObject({ is_valid: false, type: "PAGE", error: { code: 190, subcode: 467 } });

  await client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "still here" });
  await client.control("/idle");
  const [delivery] = (await client.control("/deliveries?bodies=1")).entries;
  const signature = createHmac("sha256", secret).update(delivery.body).digest("hex");
  expect(delivery.signature256).toBe(`sha256=${signature}`);

  await app({ dataDeletionUrl: "http://127.0.0.1:9/deletion", mode: "development" });
  await client.control("/reset", {});
  expect((await client.graph("/debug_token?input_token=x", APP_TOKEN)).status).toBe(200);
  expect((await client.control("/apps")).apps[0]).toMatchObject({ dataDeletionUrl: null, mode: "live" });
});

test("in development only people with a role and testers get through", async () => {
  const other = await client.login("Ingrid Berg");
  await app({ mode: "development" });
  expect((await me()).status).toBe(200);
  expect((await client.graph("/me", other)).body.error).toMatchObject({ code: 200, error_subcode: 2018027 });
  expect((await send()).error).toMatchObject({ code: 200, error_subcode: 2018028 });
  const quiet = await client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "Anybody?" });
  expect(quiet.delivery).toEqual({ sent: false, reason: expect.stringContaining("development") });

  await app({ testers: ["ana.lima"], roles: { "Nora Keller": "administrator", "Ingrid Berg": "tester" } });
  expect((await client.graph("/me", other)).body.name).toBe("Ingrid Berg");
  expect((await send()).message_id).toBeTruthy();
  expect((await client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "Hi" })).delivery.sent).toBe(
    true,
  );
  await app({ mode: "live" });
  expect((await send("marco.rossi")).message_id).toBeTruthy();
});

test("a restricted app is blocked everywhere; without the human agent feature the tag is refused", async () => {
  await client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "Hi", ago: 30 * 60 * 60 * 1000 });
  const { threads } = await client.get("/_play/state");
  const late = async () =>
    (
      await client.graph(`/${page.pageId}/messages`, page.token, {
        recipient: { id: threads[0].igsid },
        messaging_type: "MESSAGE_TAG",
        tag: "HUMAN_AGENT",
        message: { text: "Sorry for the wait" },
      })
    ).body;
  await app({ humanAgent: false });
  expect((await late()).error).toMatchObject({ code: 10, message: expect.stringContaining("Human Agent") });
  await app({ humanAgent: true });
  expect((await late()).message_id).toBeTruthy();
  await app({ restricted: true });
  expect((await me()).body.error).toMatchObject({ code: 200, message: "API access blocked." });
});

test("a Page without its account, with another one, and a personal account", async () => {
  expect(await conversations()).toEqual({ data: [] });
  const fields = "instagram_business_account{username},connected_instagram_account{username}";
  const link = async () => (await client.graph(`/${page.pageId}?fields=${fields}`, page.token)).body;
  await client.control("/accounts/nora.ceramics", { professional: false });
  expect(await link()).toEqual({
    id: page.pageId,
    connected_instagram_account: { username: "nora.ceramics", id: page.igId },
  });
  expect((await conversations()).error).toMatchObject({ code: 100, error_subcode: 2534013 });
  expect((await client.graph(`/${page.igId}`, page.token)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  const said = await client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "Hi" });
  expect(said.delivery).toEqual({ sent: false, reason: expect.stringContaining("personal account") });
  await client.control("/accounts/nora.ceramics", { professional: true });

  await client.control(`/pages/${page.pageId}`, { igId: null });
  expect(await link()).toEqual({ id: page.pageId });
  expect((await conversations()).error).toMatchObject({ code: 100, error_subcode: 2534013 });
  const { pages } = await client.control("/pages");
  const lumen = pages.find((one: Json) => one.username === "cafe.lumen");
  await client.control(`/pages/${page.pageId}`, { igId: lumen.igId });
  expect((await link()).instagram_business_account).toEqual({ username: "cafe.lumen", id: lumen.igId });
  const after = (await client.control("/pages")).pages.filter((one: Json) => one.igId === lumen.igId);
  expect(after.map((one: Json) => one.id)).toEqual([page.pageId]);
  await client.control("/accounts/cafe.lumen", { allowMessages: false });
  expect((await conversations()).error).toMatchObject({ code: 200, error_subcode: 2534041 });
});

test("a task or a permission that goes takes its calls with it; a role takes the token", async () => {
  await client.control("/roles", { person: "Nora Keller", pageId: page.pageId, tasks: ["ANALYZE", "MODERATE"] });
  expect((await conversations()).error).toMatchObject({ code: 200, message: expect.stringContaining("MESSAGING") });
  await client.control("/roles", { person: "Nora Keller", pageId: page.pageId, tasks: ["PROFILE_PLUS_MESSAGING"] });
  expect((await conversations()).data).toEqual([]);
  const subscribe = await client.graph(`/${page.pageId}/subscribed_apps`, page.token, {
    subscribed_fields: "messages",
  });
  expect(subscribe.body.error.message).toContain("MODERATE");
  await client.control("/grants", { person: "Nora Keller", revoke: ["instagram_manage_messages"] });
  expect((await conversations()).error).toMatchObject({ code: 200, message: expect.stringContaining("instagram_") });
  expect((await debug()).scopes).not.toContain("instagram_manage_messages");
  await client.control("/roles", { person: "Nora Keller", pageId: page.pageId, tasks: null });
  expect((await me()).body.error).toMatchObject({ code: 190, error_subcode: 492 });
  expect(await debug()).toMatchObject({ is_valid: false, error: { code: 190, subcode: 492 } });
});

test("tokens end when told to, and data access on its own day", async () => {
  const at = (await client.control("/health")).now + 60_000;
  await client.control("/tokens", { person: "Nora Keller", expiresAt: at, dataAccessExpiresAt: at + 60_000 });
  expect(await debug()).toMatchObject({
    is_valid: true,
    expires_at: Math.floor(at / 1000),
    data_access_expires_at: Math.floor(at / 1000) + 60,
  });
  await client.control("/clock", { advanceMs: 61_000 });
  expect((await me()).body.error).toMatchObject({ code: 190, error_subcode: 463 });
  expect(await debug()).toMatchObject({ is_valid: false, error: { code: 190, subcode: 463 } });
});

test("the app's subscription is moved only to an address that answers, and can be dropped", async () => {
  const webhook = `/apps/${APP_ID}/webhook`;
  const refused = await client.control(webhook, { verifyToken: "another" });
  expect(refused).toMatchObject({ verified: false, status: 403 });
  expect((await client.control(webhook, { fields: ["messaging_seen"] })).verified).toBe(true);
  const said = () => client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "Hi" });
  expect((await said()).delivery.reason).toContain(`"messages"`);
  await client.control(webhook, { url: null });
  expect((await client.graph(`/${APP_ID}/subscriptions`, APP_TOKEN)).body).toEqual({ data: [] });
  expect((await said()).delivery.sent).toBe(false);
  await client.control(webhook, { url: client.receiver.url, verifyToken: "verify" });
  expect((await said()).delivery.sent).toBe(true);
});

test("removing the app calls the deauthorize address with a signed request", async () => {
  const url = new URL("/facebook/deauthorize", client.receiver.url).href;
  await app({ deauthorizeUrl: url });
  await client.control("/grants", { person: "Nora Keller", remove: true });
  const [entry] = await until(async () => {
    const { entries } = await client.control("/callbacks");
    return entries.length > 0 && entries;
  });
  expect(entry).toMatchObject({ kind: "deauthorize", status: 200, problem: null, url });
  const got = client.receiver.received.find((one) => one.path === "/facebook/deauthorize");
  expect(got?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  const signed = new URLSearchParams(got?.body).get("signed_request") ?? "";
  const [signature, payload = ""] = signed.split(".");
  expect(signature).toBe(createHmac("sha256", APP_SECRET).update(payload).digest("base64url"));
  const [nora] = (await client.control("/people")).people;
  expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({
    user_id: nora.id,
    algorithm: "HMAC-SHA256",
    issued_at: expect.any(Number),
  });
  expect((await me()).body.error).toMatchObject({ code: 190, error_subcode: 458 });
});

test("a deletion request keeps the receipt, and names what is wrong with an answer", async () => {
  const request = () => client.control("/data-deletion", { person: "Nora Keller" });
  await app({ dataDeletionUrl: new URL("/facebook/data-deletion", client.receiver.url).href });
  client.receiver.answer.body = JSON.stringify({ url: "https://desk.example/deletion/abc", confirmation_code: "abc" });
  expect(await request()).toMatchObject({
    problem: null,
    receipt: { url: "https://desk.example/deletion/abc", confirmationCode: "abc" },
  });
  client.receiver.answer.body = JSON.stringify({ url: "/deletion/abc", confirmation_code: "abc" });
  expect(await request()).toMatchObject({ receipt: null, problem: expect.stringContaining("url") });
  client.receiver.answer.body = "done";
  expect(await request()).toMatchObject({ receipt: null, problem: expect.stringContaining("JSON") });
  client.receiver.answer.status = 403;
  expect(await request()).toMatchObject({ receipt: null, problem: "The callback answered 403." });
});

test("signed requests can be forged for tests: another secret, another time, another person", async () => {
  const make = async (body: Json) => (await client.control("/signed-request", body)).signedRequest as string;
  const read = (signed: string) => JSON.parse(Buffer.from(signed.split(".")[1] ?? "", "base64url").toString());
  const good = await make({ person: "Nora Keller" });
  expect(good.split(".")[0]).toBe(
    createHmac("sha256", APP_SECRET)
      .update(good.split(".")[1] ?? "")
      .digest("base64url"),
  );
  const old = await make({ person: "Nora Keller", payload: { issued_at: 1, algorithm: "none" } });
  expect(read(old)).toMatchObject({ issued_at: 1, algorithm: "none", user_id: read(good).user_id });
  const other = await make({ person: "Nora Keller", secret: "guessed" });
  const [, payload = ""] = other.split(".");
  expect(other.split(".")[0]).toBe(createHmac("sha256", "guessed").update(payload).digest("base64url"));
});
