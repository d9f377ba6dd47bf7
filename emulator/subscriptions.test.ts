import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { APP_ID, APP_SECRET, TestClient } from "./test-client";

const APP_TOKEN = `${APP_ID}|${APP_SECRET}`;

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.start();
});
beforeEach(() => client.control("/reset", {}));
afterAll(() => client.close());

test("a Page is subscribed, read back and unsubscribed", async () => {
  const { token, pageId } = await client.connect();
  const list = await client.graph(`/${pageId}/subscribed_apps`, token);
  expect(list.body.data).toEqual([
    { category: "Business", link: expect.any(String), name: "Replydesk", id: APP_ID, subscribed_fields: ["messages"] },
  ]);
  expect((await client.graph(`/${pageId}/subscribed_apps`, token, undefined, "DELETE")).body).toEqual({
    success: true,
  });
  expect((await client.graph(`/${pageId}/subscribed_apps`, token)).body).toEqual({ data: [] });
});

test("Instagram's own field names are refused on a Page", async () => {
  const { token, pageId } = await client.connect();
  const answer = await client.graph(`/${pageId}/subscribed_apps`, token, {
    subscribed_fields: "messages,messaging_seen",
  });
  expect(answer.status).toBe(400);
  expect(answer.body.error.code).toBe(100);
  expect(answer.body.error.message).toMatch(/^\(#100\) Param subscribed_fields\[1\] must be one of \{/);
});

test("subscribing needs the permissions and the task", async () => {
  const { token, pageId } = await client.connect();
  const subscribe = async () =>
    (await client.graph(`/${pageId}/subscribed_apps`, token, { subscribed_fields: "messages" })).body;
  await client.control("/grants", { person: "Nora Keller", revoke: ["pages_messaging"] });
  expect((await subscribe()).error).toMatchObject({ code: 200, message: expect.stringContaining("pages_messaging") });
  await client.control("/grants", {
    person: "Nora Keller",
    grant: ["pages_messaging"],
    revoke: ["pages_manage_metadata"],
  });
  expect((await subscribe()).error).toMatchObject({
    code: 200,
    message: expect.stringContaining("pages_manage_metadata"),
  });
  await client.control("/grants", { person: "Nora Keller", grant: ["pages_manage_metadata"] });
  await client.control("/roles", { person: "Nora Keller", pageId, tasks: ["ANALYZE"] });
  expect((await subscribe()).error).toMatchObject({ code: 200, message: expect.stringContaining("MODERATE") });
});

test("the app's own subscription needs the handshake", async () => {
  const path = `/${APP_ID}/subscriptions`;
  expect((await client.graph(path, APP_TOKEN)).body.data[0]).toMatchObject({ object: "instagram", active: true });
  const body = {
    object: "instagram",
    callback_url: client.receiver.url,
    fields: "messages,messaging_seen",
    include_values: true,
  };
  const wrong = await client.graph(path, APP_TOKEN, { ...body, verify_token: "another" });
  expect(wrong.body.error.code).toBe(2200);
  expect((await client.graph(path, APP_TOKEN, { ...body, verify_token: "verify" })).body).toEqual({ success: true });
  expect(
    (await client.graph(path, APP_TOKEN)).body.data[0].fields.map((field: { name: string }) => field.name),
  ).toEqual(["messages", "messaging_seen"]);
  expect((await client.graph(path, await client.login())).body.error.code).toBe(15);
});
