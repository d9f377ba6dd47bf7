import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { CONNECT_SCOPES, type Json, proofOf, TestClient } from "./test-client";

const FIELDS =
  "id,name,access_token,tasks,category,picture{url},instagram_business_account{id,username,name,profile_picture_url}";

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(() => client.control("/reset", {}));
afterAll(() => client.close());

test("Pages come in pages of 25; Nora Ceramics stands on the second", async () => {
  const user = await client.login();
  const first = await client.graph("/me/accounts", user);
  expect(first.body.data).toHaveLength(25);
  expect(Object.keys(first.body.data[0])).toEqual(["access_token", "category", "category_list", "name", "id", "tasks"]);
  expect(first.body.paging.cursors.after).toMatch(/^[A-Za-z0-9]+ZDZD$/);
  expect(first.body.paging.previous).toBeUndefined();

  const next = await (await fetch(`${first.body.paging.next}&appsecret_proof=${proofOf(user)}`)).json();
  expect(next.paging.next).toBeUndefined();
  expect(next.paging.cursors.after).toBeTruthy();
  const names = [...first.body.data, ...next.data].map((page: Json) => page.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(32);
  expect(names.indexOf("Nora Ceramics")).toBeGreaterThan(25);
});

test("the world has Pages of every kind", async () => {
  const user = await client.login();
  const { data } = (await client.graph(`/me/accounts?fields=${FIELDS}&limit=100`, user)).body;
  const without = data.filter((page: Json) => !("instagram_business_account" in page));
  expect(without.length).toBeGreaterThanOrEqual(3);
  const cannotMessage = data.filter((page: Json) => !page.tasks.some((task: string) => task.endsWith("MESSAGING")));
  expect(cannotMessage.map((page: Json) => page.name)).toEqual(["Nora Archive"]);
  const plus = data.filter((page: Json) => page.tasks.includes("PROFILE_PLUS_MESSAGING"));
  expect(plus.map((page: Json) => page.name)).toEqual(["Atelier Nord"]);
  const ceramics = data.find((page: Json) => page.name === "Nora Ceramics");
  expect(ceramics.instagram_business_account).toMatchObject({
    username: "nora.ceramics",
    id: expect.stringMatching(/^17841\d{12}$/),
  });
  expect(ceramics.picture.data.url).toContain("/cdn/");
});

test("Pages of a portfolio show only with business_management", async () => {
  const names = async (user: string) =>
    (await client.graph("/me/accounts?limit=100", user)).body.data.map((page: Json) => page.name);
  const user = await client.login();
  expect(await names(user)).not.toContain("Keller Outlet");
  const refused = await client.graph("/me/businesses", user);
  expect(refused.body.error.code).toBe(200);
  await client.control("/grants", { person: "Nora Keller", grant: ["business_management"] });
  expect(await names(user)).toContain("Keller Outlet");
  const [portfolio] = (await client.graph("/me/businesses", user)).body.data;
  const owned = await client.graph(`/${portfolio.id}/owned_pages?fields=id,name,access_token`, user);
  expect(owned.body.data).toHaveLength(3);
});

test("an unticked Page is absent and cannot be read", async () => {
  const user = await client.login("Ingrid Berg", CONNECT_SCOPES, ["Bergen Yarn Club"]);
  const { data } = (await client.graph("/me/accounts", user)).body;
  expect(data.map((page: Json) => page.name)).toEqual(["Fjord Knits"]);
  const pages = (await client.control("/pages")).pages;
  const unticked = pages.find((page: Json) => page.name === "Bergen Yarn Club");
  expect((await client.graph(`/${unticked.id}`, user)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
});

test("without instagram_basic the account is left out; without pages_show_list the list is empty", async () => {
  const user = await client.login("Ingrid Berg", CONNECT_SCOPES, ["instagram_basic"]);
  const { data } = (await client.graph(`/me/accounts?fields=${FIELDS}`, user)).body;
  expect(data).toHaveLength(2);
  expect(data.some((page: Json) => "instagram_business_account" in page)).toBe(false);
  await client.control("/grants", { person: "Ingrid Berg", revoke: ["pages_show_list"] });
  expect((await client.graph("/me/accounts", user)).body).toEqual({ data: [] });
});

test("somebody without Pages gets an empty list, somebody without e-mail none", async () => {
  expect((await client.graph("/me/accounts", await client.login("Tomás Silva"))).body).toEqual({ data: [] });
  const me = await client.graph("/me?fields=id,name,email,picture", await client.login("Sam Stranger"));
  expect(me.body.name).toBe("Sam Stranger");
  expect("email" in me.body).toBe(false);
  expect(me.body.picture.data.url).toContain("/cdn/");
});

test("?ids= reads several objects, unknown fields and paths are refused in Graph's words", async () => {
  const user = await client.login("Ingrid Berg");
  const ids = (await client.graph("/me/accounts?fields=id", user)).body.data.map((page: Json) => page.id);
  const both = await client.graph(`/?ids=${ids.join(",")}&fields=name`, user);
  expect(Object.keys(both.body)).toEqual(ids);
  expect((await client.graph("/me?fields=name,shoe_size", user)).body.error).toMatchObject({
    code: 100,
    message: "(#100) Tried accessing nonexisting field (shoe_size) on node type (User)",
  });
  expect((await client.graph("/me/accounts?fields=id,{", user)).body.error.code).toBe(2500);
  expect((await client.graph("/nowhere", user)).body.error.code).toBe(2500);
  expect((await client.graph("/99999999999", user)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  expect((await client.graph("/me", null)).body.error.code).toBe(2500);
  expect((await client.graph("/me", "EAAnonsense")).body.error).toMatchObject({ code: 190, type: "OAuthException" });
});
