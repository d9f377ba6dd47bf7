import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { APP_ID, APP_SECRET, CONNECT_SCOPES, type Json, proofOf, TestClient } from "./test-client";

const SCOPES = `${CONNECT_SCOPES},business_management`;
const FIELDS =
  "id,name,access_token,tasks,instagram_business_account{id,username},connected_instagram_account{username}";

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(() => client.control("/reset", {}));
afterAll(() => client.close());

async function all(token: string, path: string): Promise<Json[]> {
  const list: Json[] = [];
  let next = `${client.running.url}/graph/v26.0${path}&access_token=${token}`;
  while (next) {
    const answer: Json = await (await fetch(`${next}&appsecret_proof=${proofOf(token)}`)).json();
    list.push(...answer.data);
    next = answer.paging?.next;
  }
  return list;
}

test("an agency's 240 Pages stand on three edges, some on two of them", async () => {
  const made = await client.control("/agency", {});
  expect(made.pages).toBe(240);
  expect((await client.control("/agency", {})).pages).toBe(240);
  const user = await client.login("Agnes Hart", SCOPES);
  const businesses = (await client.graph("/me/businesses", user)).body.data;
  expect(businesses.map((one: Json) => one.name)).toEqual(["Hart & Partners", "Northwind Retail", "Alpenglow Hotels"]);

  const accounts = await all(user, `/me/accounts?limit=100&fields=${FIELDS}`);
  const owned: Json[] = [];
  const clients: Json[] = [];
  for (const { id } of businesses) {
    owned.push(...(await all(user, `/${id}/owned_pages?limit=50&fields=${FIELDS}`)));
    clients.push(...(await all(user, `/${id}/client_pages?limit=50&fields=${FIELDS}`)));
  }
  expect(clients.length).toBeGreaterThan(20);
  const everything = new Map([...accounts, ...owned, ...clients].map((one) => [one.id, one]));
  expect(everything.size).toBe(240);
  const listedTwice = clients.filter((one) => accounts.some((other) => other.id === one.id));
  expect(listedTwice.length).toBeGreaterThan(20);
  const withoutRole = owned.filter((one) => !("access_token" in one));
  expect(withoutRole.length).toBe(240 - accounts.length);
  expect(withoutRole.length).toBeGreaterThan(3);
  const count = (fits: (one: Json) => boolean) => accounts.filter(fits).length;
  expect(count((one) => !("instagram_business_account" in one))).toBeGreaterThan(15);
  expect(count((one) => !one.instagram_business_account && one.connected_instagram_account)).toBeGreaterThan(5);
  expect(count((one) => one.tasks.includes("PROFILE_PLUS_MESSAGING"))).toBeGreaterThan(50);
  expect(count((one) => !one.tasks.some((task: string) => task.endsWith("MESSAGING")))).toBeGreaterThan(8);
});

test("without business_management only her own Pages are listed", async () => {
  await client.control("/agency", { person: "Bo Lind", pages: 40 });
  const user = await client.login("Bo Lind");
  expect((await client.graph("/me/accounts?limit=100", user)).body.data).toHaveLength(4);
  expect((await client.graph("/me/businesses", user)).body.error.code).toBe(200);
});

test("businesses are chosen in the dialog and named in granular_scopes", async () => {
  await client.control("/agency", { pages: 30 });
  const page = await client.openDialog("Agnes Hart", client.dialogUrl(SCOPES));
  expect(page.businesses).toEqual(["Hart & Partners", "Northwind Retail", "Alpenglow Hotels"]);
  const user = await client.login("Agnes Hart", SCOPES, ["Northwind Retail"]);
  const listed = (await client.graph("/me/businesses", user)).body.data;
  expect(listed.map((one: Json) => one.name)).toEqual(["Hart & Partners", "Alpenglow Hotels"]);
  const debug = await client.graph(`/debug_token?input_token=${user}`, `${APP_ID}|${APP_SECRET}`);
  expect(debug.body.data.granular_scopes).toContainEqual({
    scope: "business_management",
    target_ids: listed.map((one: Json) => one.id),
  });
  const { businesses } = await client.control("/agency", {});
  const left = businesses.find((one: Json) => one.name === "Northwind Retail");
  expect((await client.graph(`/${left.id}/owned_pages`, user)).body.error).toMatchObject({
    code: 100,
    error_subcode: 33,
  });
  const nested = await client.graph("/me?fields=businesses{name,owned_pages.limit(2){name}}", user);
  const first = nested.body.businesses.data[0];
  expect(first.owned_pages.data).toHaveLength(2);
  const rest = await fetch(`${first.owned_pages.paging.next}&appsecret_proof=${proofOf(user)}`);
  expect(Object.keys((await rest.json()).data[0])).toEqual(["name", "id"]);
});

test("an account whose conversations go to another app is read on standby and cannot be answered", async () => {
  const page = await client.connect();
  await client.control("/accounts/nora.ceramics", { routedTo: "774120033985512" });
  client.receiver.received.length = 0;
  const { thread } = await client.play("/other", { customerId: "ana.lima", igId: page.igId, kind: "postback" });
  await client.control("/idle");
  const [entry] = JSON.parse(client.receiver.received[0]?.body ?? "{}").entry;
  expect(entry.messaging).toBeUndefined();
  expect(entry.standby[0].postback.title).toBeTruthy();
  expect("payload" in entry.standby[0].postback).toBe(false);
  const message = { recipient: { id: thread.igsid }, message: { text: "Hello" } };
  expect((await client.graph(`/${page.pageId}/messages`, page.token, message)).body.error.code).toBe(2534037);
  await client.control("/accounts/nora.ceramics", { routedTo: null });
  expect((await client.graph(`/${page.pageId}/messages`, page.token, message)).body.message_id).toBeTruthy();
});

test("?ids= takes fifty, not more", async () => {
  const user = await client.login("Ingrid Berg");
  const ids = Array.from({ length: 51 }, (_, n) => `1${n}`).join(",");
  expect((await client.graph(`/?ids=${ids}`, user)).body.error).toMatchObject({ code: 100 });
});
