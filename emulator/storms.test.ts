import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Json, proofOf, TestClient } from "./test-client";

let client: TestClient;
let ceramics: Sender;
let knits: Sender;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(async () => {
  await client.control("/reset", {});
  ceramics = await connect("Nora Ceramics", "Nora Keller");
  knits = await connect("Fjord Knits", "Ingrid Berg");
});
afterAll(() => client.close());

type Sender = { igId: string; send: (body?: Json) => Promise<Response> };

async function connect(pageName: string, person: string): Promise<Sender> {
  const { token, igId } = await client.connect(pageName, person);
  const { thread } = await client.play("/send", { customerId: "ana.lima", igId, text: "Hi" });
  const query = new URLSearchParams({ access_token: token, appsecret_proof: proofOf(token) });
  const send = (body: Json = { message: { text: "Hello" } }) =>
    fetch(`${client.running.url}/graph/v26.0/me/messages?${query}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ recipient: { id: thread.igsid }, ...body }),
      signal: AbortSignal.timeout(5000),
    });
  return { igId, send };
}

const error = async (answer: Response): Promise<Json> => ((await answer.json()) as Json).error;

test("a storm hits one account's sends until the clock has passed its end", async () => {
  await client.control("/storms", {
    account: "nora.ceramics",
    kind: "error",
    code: 613,
    subcode: 2534040,
    regainMinutes: 10,
    forMs: 600_000,
  });
  for (let n = 0; n < 3; n++) {
    const refused = await ceramics.send();
    expect(await error(refused)).toMatchObject({ code: 613, error_subcode: 2534040 });
    expect(refused.headers.get("x-business-use-case-usage")).toContain('"estimated_time_to_regain_access":10');
  }
  expect((await knits.send()).status).toBe(200);
  await client.control("/clock", { advanceMs: 599_000 });
  expect((await ceramics.send()).status).toBe(400);
  await client.control("/clock", { advanceMs: 2000 });
  expect((await ceramics.send()).status).toBe(200);
  expect((await client.control("/storms")).storms).toEqual([]);
});

test("a storm is replaced by the account's next one and ends when it is told to", async () => {
  await client.control("/storms", { account: ceramics.igId, kind: "html", status: 503 });
  const page = await ceramics.send();
  expect([page.status, page.headers.get("content-type")]).toEqual([503, "text/html; charset=utf-8"]);
  await client.control("/storms", { account: ceramics.igId, kind: "hang" });
  const hanging = ceramics.send().then(
    () => "answered",
    () => "cut",
  );
  expect((await knits.send()).status).toBe(200);
  expect((await client.control("/storms")).storms).toHaveLength(1);
  await fetch(`${client.running.url}/_control/storms?account=${ceramics.igId}`, { method: "DELETE" });
  expect(await hanging).toBe("cut");
  expect((await ceramics.send()).status).toBe(200);
});

test("a fault can be meant for one account, for so many calls or until it is cleared", async () => {
  await client.control("/faults", { account: ceramics.igId, path: "send", kind: "error", code: 4, times: 2 });
  expect((await knits.send()).status).toBe(200);
  expect([(await ceramics.send()).status, (await ceramics.send()).status, (await ceramics.send()).status]).toEqual([
    400, 400, 200,
  ]);
  await client.control("/faults", { account: ceramics.igId, kind: "error", code: 80006, transient: true, times: null });
  for (let n = 0; n < 3; n++)
    expect(await error(await ceramics.send())).toMatchObject({ code: 80006, is_transient: true });
  await fetch(`${client.running.url}/_control/faults`, { method: "DELETE" });
  expect((await ceramics.send()).status).toBe(200);
  expect((await client.post("/_control/storms", { account: "nobody", kind: "hang" })).status).toBe(404);
});

test("faults and storms meant for sends let typing, seen and reactions by", async () => {
  await client.control("/faults", { path: "send", kind: "error", code: 2 });
  expect((await ceramics.send({ sender_action: "mark_seen" })).status).toBe(200);
  expect((await ceramics.send()).status).toBe(400);
  expect((await ceramics.send()).status).toBe(200);
  await client.control("/storms", { account: ceramics.igId, kind: "error", code: 4 });
  expect((await ceramics.send({ sender_action: "typing_on" })).status).toBe(200);
  expect((await ceramics.send()).status).toBe(400);
  await client.control("/storms", { account: ceramics.igId, path: null, kind: "error", code: 4 });
  expect((await ceramics.send({ sender_action: "typing_on" })).status).toBe(400);
});
