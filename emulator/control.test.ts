import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startEmulator } from "./start-emulator";
import { APP_ID, APP_SECRET, type Json, proofOf, TestClient, until } from "./test-client";
import { startReceiver } from "./test-receiver";

let client: TestClient;
let page: { token: string; pageId: string; igId: string };
let igsid: string;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(async () => {
  await client.control("/reset", {});
  page = await client.connect();
  igsid = (await client.play("/send", { customerId: "ana.lima", igId: page.igId, text: "hi" })).thread.igsid;
});
afterAll(() => client.close());

const reply = (text: string) =>
  client.graph("/me/messages", page.token, { recipient: { id: igsid }, message: { text } });
const ledger = async (): Promise<string[]> =>
  (await client.control("/ledger")).entries.map((entry: Json) => entry.text);

test("an error fault refuses the next send, and only that", async () => {
  await client.control("/faults", { path: "send", kind: "error", status: 403, code: 368, message: "(#368) Blocked" });
  const refused = await reply("one");
  expect(refused).toMatchObject({
    status: 403,
    body: { error: { code: 368, message: "(#368) Blocked", fbtrace_id: expect.stringMatching(/^A/) } },
  });
  expect((await reply("two")).status).toBe(200);
  expect(await ledger()).toEqual(["two"]);
  const { entries } = await client.control("/requests");
  expect(entries.at(-2)).toMatchObject({
    method: "POST",
    path: "/me/messages",
    status: 403,
    code: 368,
    tokenKind: "page",
    proof: "valid",
  });
  expect(JSON.stringify(entries)).not.toContain(page.token);
  expect(JSON.stringify(entries)).not.toContain(APP_SECRET);
});

test("a send can take effect although its answer is lost", async () => {
  await client.control("/faults", { path: "send", kind: "close", accept: true });
  await expect(reply("lost on the way back")).rejects.toThrow();
  expect(await ledger()).toEqual(["lost on the way back"]);

  await client.control("/faults", { path: "send", kind: "hang", accept: true });
  const hanging = reply("never answered").catch(() => "cut");
  await until(async () => (await ledger()).length === 2);
  await fetch(`${client.running.url}/_control/faults`, { method: "DELETE" });
  expect(await hanging).toBe("cut");

  await client.control("/faults", { path: "send", kind: "html", accept: true });
  await expect(reply("html")).rejects.toThrow();
  await client.control("/faults", { path: "send", kind: "close" });
  await expect(reply("not accepted")).rejects.toThrow();
  expect(await ledger()).toEqual(["lost on the way back", "never answered", "html"]);
});

test("faults fit a recipient, a path or so many calls", async () => {
  await client.control("/faults", { path: "send", recipient: "5", kind: "error" });
  expect((await reply("not for me")).status).toBe(200);
  await client.control("/faults", { path: "/me/messages", kind: "error", code: 613, subcode: 2534040, times: 2 });
  expect((await reply("a")).body.error).toMatchObject({ code: 613, error_subcode: 2534040 });
  expect((await reply("b")).status).toBe(400);
  expect((await reply("c")).status).toBe(200);
  await client.control("/faults", { path: `/${page.pageId}`, method: "GET", kind: "html" });
  expect((await fetch(`${client.running.url}/graph/v26.0/${page.pageId}`)).status).toBe(502);
  expect((await client.control("/faults")).faults).toHaveLength(1);
});

test("many messages of many customers are delivered in batches", async () => {
  await client.control("/idle");
  client.receiver.received.length = 0;
  const done = await client.control("/bulk", {
    igId: page.igId,
    customers: 20,
    messages: 1000,
    batchSize: 50,
    spreadMs: 60_000,
  });
  expect(done).toMatchObject({ customers: 20, messages: 1000, posts: 20 });
  const items = client.receiver.items();
  expect(new Set(items.map((item: Json) => item.message.mid)).size).toBe(1000);
  expect(new Set(items.map((item: Json) => item.sender.id)).size).toBe(20);
  expect(
    (await client.get("/_play/state?threads=3&messages=2")).threads.map((thread: Json) => thread.messages.length),
  ).toEqual([1, 2, 2]);
});

test("removing the app calls the deauthorize callback; data deletion can be asked for", async () => {
  const callback = client.receiver.url.replace("/webhooks/instagram", "");
  await client.control("/apps", {
    id: APP_ID,
    secret: APP_SECRET,
    deauthorizeUrl: `${callback}/deauthorize`,
    dataDeletionUrl: `${callback}/deletion`,
  });
  await client.control("/grants", { person: "Nora Keller", remove: true });
  const post = await until(() => client.receiver.received.find((one) => one.path === "/deauthorize"));
  const [, payload] = (new URLSearchParams(post.body).get("signed_request") ?? "").split(".");
  const { people } = await client.control("/people");
  expect(JSON.parse(Buffer.from(payload ?? "", "base64url").toString())).toMatchObject({
    algorithm: "HMAC-SHA256",
    user_id: people[0].id,
  });
  expect(await client.control("/data-deletion", { person: "Nora Keller" })).toMatchObject({ status: 200 });
});

test("malformed calls are answered, never fatal", async () => {
  const raw = async (path: string, body: string, type = "application/json") => {
    const answer = await fetch(client.running.url + path, { method: "POST", headers: { "content-type": type }, body });
    return { status: answer.status, body: (await answer.json()) as Json };
  };
  expect(await raw("/graph/v26.0/me/messages", "{nonsense")).toMatchObject({
    status: 400,
    body: { error: { code: 100, type: "OAuthException" } },
  });
  expect(await raw("/graph/v26.0/me/messages", "[]")).toMatchObject({ status: 400 });
  expect(await raw("/graph/v26.0/me/messages", "\u0000\ufffd", "text/plain")).toMatchObject({ status: 400 });
  expect(await raw("/_play/send", "[1]")).toMatchObject({ status: 400 });
  expect(await raw("/_control/clock", `{"advanceMs":"soon"}`)).toMatchObject({ status: 400 });
  expect(await raw("/_play/customers/%E0%A4%A", "{}")).toMatchObject({ status: 400 });
  expect((await fetch(`${client.running.url}/..%2f..%2fpackage.json`)).status).toBe(404);
  const big = await raw("/_play/send", "x".repeat(31 * 1024 * 1024)).catch(() => ({ status: 413 }));
  expect(big.status).toBe(413);
  expect((await client.control("/health")).ok).toBe(true);
});

test("a restart keeps tokens, threads, grants, uploads and what waits for a retry", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "emulator-"));
  try {
    const first = await TestClient.start({ dataDir });
    const { token, igId } = await first.connect();
    await first.play("/send", { customerId: "ana.lima", igId, text: "before" });
    await first.control("/idle");
    await first.control("/clock", { advanceMs: 5000 });
    first.receiver.answer.status = 500;
    await first.play("/send", { customerId: "ana.lima", igId, text: "while the app is down" });
    await until(async () => (await first.control("/deliveries")).pending[0]?.attempts > 0);
    await first.close();

    const receiver = await startReceiver(Number(new URL(first.receiver.url).port));
    const again = await startEmulator({ dataDir });
    const me = await (
      await fetch(`${again.url}/graph/v26.0/me?access_token=${token}&appsecret_proof=${proofOf(token)}`)
    ).json();
    expect(me).toMatchObject({ name: "Nora Ceramics" });
    expect(again.emulator.clock.offsetMs).toBe(5000);
    await until(() => receiver.items().some((item: Json) => item.message.text === "while the app is down"));
    await again.close();
    await receiver.close();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
