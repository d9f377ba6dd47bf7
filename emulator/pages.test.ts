import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { APP_ID, APP_SECRET, type Json, TestClient } from "./test-client";

const APP = `/developers/${APP_ID}`;

let client: TestClient;
let nora = "";
let ingrid = "";
let ceramics: { id: string; igId: string };
beforeAll(async () => {
  client = await TestClient.start();
  const { people } = await client.control("/people");
  [nora, ingrid] = people.map((one: Json) => one.id);
  ceramics = (await client.control("/pages")).pages.find((one: Json) => one.name === "Nora Ceramics");
});
beforeEach(async () => {
  await client.control("/reset", {});
  Object.assign(client.receiver.answer, { status: 200, body: "" });
});
afterAll(() => client.close());

/** Opens a page of facebook.com, or posts one of its forms and follows where it leads. */
async function visit(path: string, form?: Record<string, string | string[]>, person = nora) {
  const body =
    form &&
    new URLSearchParams(Object.entries(form).flatMap(([key, value]) => [value].flat().map((one) => [key, one])));
  const url = `${client.running.url}/facebook${path}`;
  const headers = { cookie: `emulator_person=${person}` };
  const answer = await fetch(url, { method: body ? "POST" : "GET", headers, body, redirect: "manual" });
  const to = answer.headers.get("location");
  const last = to ? await fetch(client.running.url + to, { headers }) : answer;
  return { status: last.status, to, html: unescapeHtml(await last.text()) };
}

function unescapeHtml(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

test("whoever comes says who they are first, and sees only their own", async () => {
  const page = await (await fetch(`${client.running.url}/facebook/pages`)).text();
  expect(page).toContain("Who are you?");
  expect((await visit("/pages")).html).toContain("Nora Ceramics");
  const others = await visit("/pages", undefined, ingrid);
  expect(others.html).toContain("Fjord Knits");
  expect(others.html).not.toContain("Nora Ceramics");
  expect((await visit(`${APP}/settings`, undefined, ingrid)).status).toBe(404);
  expect((await visit("/nowhere")).status).toBe(404);
  expect((await visit("/pages", { action: "agency" }, ingrid)).html).toContain("Agnes Hart is there now");
  const odd = await visit(`/pages/${ceramics.id}`, { action: "link", igId: "5" });
  expect([odd.status, odd.html]).toEqual([404, expect.stringContaining("There is no such account.")]);
  const { person } = await client.control("/agency", {});
  expect((await visit("/pages", undefined, person.id)).html).toContain("234 Pages");
});

test("password and security ends the tokens of apps", async () => {
  const { token } = await client.connect();
  const me = async () => (await client.graph("/me", token)).body;
  for (const [action, subcode] of [
    ["password-change", 460],
    ["revoke", 467],
    ["expire", 463],
    ["checkpoint", 459],
  ] as const) {
    expect((await visit("/security", { action })).html).toContain('role="status"');
    const answer = await me();
    // page tokens outlive a user token's expiry, not their own
    expect(answer.error).toMatchObject({ code: 190, error_subcode: subcode });
  }
  await visit("/security", { action: "restore" });
  expect((await me()).name).toBe("Nora Ceramics");
});

test("a Page's settings unlink its account, link another, and take roles and subscriptions away", async () => {
  const { token, pageId, igId } = await client.connect();
  const path = `/pages/${pageId}`;
  expect((await visit(path, { action: "unlink" })).html).toContain("No Instagram account");
  expect((await client.graph(`/${pageId}?fields=instagram_business_account`, token)).body).toEqual({ id: pageId });
  expect((await visit(path, { action: "link", igId })).html).toContain("@nora.ceramics");
  await visit(path, { action: "role", person: nora, task: ["ANALYZE"] });
  expect((await client.graph("/me/conversations?platform=instagram", token)).body.error.code).toBe(200);
  expect((await visit(path)).html).toContain("Drop subscription");
  await visit(path, { action: "drop", app: APP_ID });
  expect((await client.control("/subscriptions")).subscriptions).toEqual([]);
  await visit(path, { action: "role", person: nora, remove: "1" });
  expect((await client.graph("/me", token)).body.error).toMatchObject({ code: 190, error_subcode: 492 });
});

test("an account's owner turns access to messages off and makes it personal", async () => {
  const { token, igId } = await client.connect();
  const list = async () => (await client.graph("/me/conversations?platform=instagram", token)).body;
  await visit("/instagram", { account: igId, action: "noaccess" });
  expect((await list()).error).toMatchObject({ code: 200, error_subcode: 2534041 });
  await visit("/instagram", { account: igId, action: "access" });
  await visit("/instagram", { account: igId, action: "personal" });
  expect((await list()).error).toMatchObject({ code: 100, error_subcode: 2534013 });
  expect((await visit("/instagram", { account: igId, action: "professional" })).html).toContain("professional one now");
  expect((await list()).data).toEqual([]);
});

test("somebody who removed an app asks for deletion and gets the code", async () => {
  await client.login();
  const callback = new URL("/facebook/data-deletion", client.receiver.url).href;
  await client.control(`/apps/${APP_ID}`, { dataDeletionUrl: callback });
  const removed = await visit("/business-integrations", { app: APP_ID, decision: "remove" });
  expect(removed.html).toContain("Ask Replydesk to delete my data");
  client.receiver.answer.body = JSON.stringify({ url: "https://desk.example/deletion/9", confirmation_code: "c0de9" });
  const asked = await visit("/business-integrations", { app: APP_ID, decision: "delete" });
  expect(asked.html).toContain("Confirmation code c0de9");
  expect(asked.html).toContain('href="https://desk.example/deletion/9"');
  client.receiver.answer.status = 500;
  const failed = await visit("/business-integrations", { app: APP_ID, decision: "delete" });
  expect(failed.html).toContain("The callback answered 500.");
});

test("the dashboard generates a Page token, shown once, and subscribes the Page", async () => {
  const shown = await visit(`${APP}/messages`, { action: "generate", page: ceramics.id });
  const token = />(EAAG[^<]+)<\/textarea>/.exec(shown.html)?.[1] ?? "";
  const debug = (await client.graph(`/debug_token?input_token=${token}`, `${APP_ID}|${APP_SECRET}`)).body.data;
  expect(debug).toMatchObject({ type: "PAGE", profile_id: ceramics.id, expires_at: 0, is_valid: true });
  expect(debug.granular_scopes).toContainEqual({ scope: "instagram_manage_messages", target_ids: [ceramics.igId] });
  expect((await visit(`${APP}/messages`)).html).not.toContain("EAAG");
  await visit(`${APP}/messages`, { action: "subscribe", page: ceramics.id });
  const { delivery } = await client.play("/send", { customerId: "ana.lima", igId: ceramics.igId, text: "Hi" });
  expect(delivery.sent).toBe(true);
});

test("the dashboard shows and resets the secret, switches the mode and gives roles", async () => {
  expect((await visit(`${APP}/settings`)).html).not.toContain(APP_SECRET);
  expect((await visit(`${APP}/settings`, { action: "show" })).html).toContain(APP_SECRET);
  const reset = await visit(`${APP}/settings`, { action: "reset" });
  const secret = /<code>([0-9a-f]{32})<\/code>/.exec(reset.html)?.[1];
  expect(secret).not.toBe(APP_SECRET);
  const asked = await client.get(`/graph/${APP_ID}?access_token=${APP_ID}|${secret}`);
  expect(asked).toMatchObject({ id: APP_ID, name: "Replydesk" });
  expect((await visit(`${APP}/settings`, { action: "mode" })).html).toContain("In development");
  expect((await client.openDialog("Ingrid Berg")).html).toContain("App not active");
  await visit(`${APP}/roles`, { action: "add", person: ingrid, role: "tester" });
  expect((await client.openDialog("Ingrid Berg")).scopes).toContain("instagram_basic");
  expect((await visit(`${APP}/roles`, { action: "add", customer: "ana.lima" })).html).toContain("Remove @ana.lima");
  expect((await visit(`${APP}/roles`, { action: "remove", person: nora })).html).toContain("needs one administrator");
  await visit(`${APP}/review`, { action: "human" });
  await visit(`${APP}/review`, { action: "restrict" });
  expect((await client.control("/apps")).apps[0]).toMatchObject({ humanAgent: false, restricted: true });
});

test("the dashboard asks a callback for the challenge before it saves, and sends samples", async () => {
  const save = (form: Record<string, string | string[]>) => visit(`${APP}/webhooks`, { action: "save", ...form });
  const wrong = await save({ url: client.receiver.url, verifyToken: "no", field: ["messages"] });
  expect(wrong.html).toContain("couldn't be validated. The callback answered 403.");
  expect(wrong.html).toContain('value="no"');
  const right = await save({ url: client.receiver.url, verifyToken: "verify", field: ["messages"] });
  expect(right.html).toContain("The subscription was saved");
  expect((await client.control("/apps")).apps[0].webhook.fields).toEqual(["messages"]);
  client.receiver.received.length = 0;
  expect((await visit(`${APP}/webhooks`, { action: "test", field: "messages" })).html).toContain("answered 200");
  expect(JSON.parse(client.receiver.received[0]?.body ?? "{}").entry[0].id).toBe("0");
  expect((await visit(`${APP}/webhooks`, { action: "remove" })).html).toContain("No subscription");
});

test("a configuration made on the dashboard is good for the dialog", async () => {
  const form = { action: "configure", name: "Ours", tokenType: "user", scope: ["instagram_basic"] };
  const html = (await visit(`${APP}/login`, form)).html;
  const id = /Ours · (\d+)/.exec(html)?.[1] ?? "";
  expect((await client.openDialog("Nora Keller", client.dialogUrl("", { config_id: id }))).scopes).toEqual([
    "public_profile",
    "instagram_basic",
  ]);
  expect((await visit(`${APP}/login`, { ...form, scope: [] })).html).toContain("list of permissions");
});

test("an integrator makes an app of their own, in development, with its own id, secret and logo", async () => {
  const made = await visit("/developers", { name: "Ingrid's Helper" }, ingrid);
  const id = /\/developers\/(\d+)\/settings/.exec(made.to ?? "")?.[1] ?? "";
  const html = (await visit(`/developers/${id}/settings`, { action: "show" }, ingrid)).html;
  const secret = /<code>([0-9a-f]{32})<\/code>/.exec(html)?.[1] ?? "";
  const facts = await client.get(`/graph/${id}?fields=name,logo_url&access_token=${id}|${secret}`);
  expect(facts).toMatchObject({ name: "Ingrid's Helper", logo_url: expect.stringContaining("/cdn/") });
  expect((await visit(`/developers/${id}/settings`)).status).toBe(404);
  const { pages } = await client.control("/pages");
  const knits = pages.find((one: Json) => one.name === "Fjord Knits");
  const shown = await visit(`/developers/${id}/messages`, { action: "generate", page: knits.id }, ingrid);
  const token = />(EAAG[^<]+)<\/textarea>/.exec(shown.html)?.[1] ?? "";
  const debug = await client.get(`/graph/debug_token?input_token=${token}&access_token=${id}|${secret}`);
  expect(debug.data).toMatchObject({ app_id: id, application: "Ingrid's Helper", is_valid: true });
  expect(
    (await client.get(`/graph/debug_token?input_token=${token}&access_token=${APP_ID}|${APP_SECRET}`)).error.code,
  ).toBe(100);
  const { app } = await client.control("/apps", { name: "Another", person: "Nora Keller" });
  expect(app).toMatchObject({ name: "Another", id: expect.stringMatching(/^\d+$/), secret: expect.any(String) });
});
