import { createServer, type Server } from "node:http";
import { sql } from "drizzle-orm";
import SunshineConversations from "sunshine-conversations-client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { processHandles } from "@/lib/process-handles";
import { createApiDoor } from "@/server/doors/api-v2";
import { APP_SECRET, CALLBACK, connectDesk } from "./connect-desk";
import { APP_ID } from "./desk-fixture";
import { browserToken, pageTokenOf, type TestApp } from "./facebook-tokens";
import { otherWorkspace } from "./people";

/** An Instagram account is connected by a program that brings app id, secret and Page token, with the official client. */
const kit = connectDesk();
const OURS: TestApp = { id: APP_ID, secret: APP_SECRET, redirectUri: CALLBACK };
const OWN: TestApp = { id: "455667788990011", secret: "abcdefabcdefabcdefabcdefabcdef01", redirectUri: CALLBACK };
const FJORD = { person: "Ingrid Berg", pageName: "Fjord Knits" };
let server: Server;
let url: string;

beforeEach(async () => {
  const { id, secret } = OWN;
  await kit.emulator.call("/_control/apps", { id, secret, name: "Fjord's app", redirectUris: [CALLBACK] });
  const door = createApiDoor({ pool: kit.desk.pool, keyring: keyring(), appUrl: "http://localhost:3000" });
  server = createServer((request, response) => void door(request, response, new URL(request.url ?? "", "http://x")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
});
afterEach(() => {
  server.close();
});

function keyring() {
  const handle = processHandles().keyring;
  if (!handle) throw new Error("the desk comes first");
  return handle;
}

async function integrationsOf(workspaceId: string) {
  const key = { scope: "app" as const, workspaceId, name: "Test", people: true, createdBy: null };
  const { id, secret } = await createApiKey(kit.desk.db, keyring(), key);
  const api = new SunshineConversations.ApiClient();
  api.basePath = url;
  api.authentications.basicAuth.username = id;
  api.authentications.basicAuth.password = secret;
  const integrations = new SunshineConversations.IntegrationsApi(api);
  const appId = publicId(workspaceId);
  return {
    /** The client drops the fields of Instagram. */
    create: async (given: object) =>
      (await integrations.createIntegrationWithHttpInfo(appId, { type: "instagram", ...given })).response.body
        .integration,
    get: async (id: string) => (await integrations.getIntegrationWithHttpInfo(appId, id)).response.body.integration,
    update: async (id: string, given: object) =>
      (await integrations.updateIntegrationWithHttpInfo(appId, id, given)).response.body.integration,
    remove: (id: string) => integrations.deleteIntegration(appId, id),
    list: async (query: object = {}) => (await integrations.listIntegrations(appId, query)).integrations,
  };
}

const given = (app: TestApp, pageAccessToken: string) => ({ appId: app.id, appSecret: app.secret, pageAccessToken });

test("through the installation's app: the account is connected and its Page subscribed", async () => {
  const { create, list } = await integrationsOf(kit.owner.actor.workspaceId);
  const integration = await create(given(OURS, await pageTokenOf(kit.emulator, OURS, FJORD)));
  expect(integration).toMatchObject({
    type: "instagram",
    status: "active",
    appId: APP_ID,
    pageId: await kit.pageIdOf("Fjord Knits"),
    businessUsername: "fjord.knits",
  });
  expect(await kit.subscriptions()).toMatchObject([{ appId: APP_ID, pageId: integration.pageId }]);
  expect(JSON.stringify(integration)).not.toContain(APP_SECRET);
  expect(await list({ filter: { types: "instagram" } })).toHaveLength(1);
  expect(await list({ filter: { types: "custom,web" } })).toEqual([]);
});

test("through an own app whose events do not come here: error, with what is to be pasted", async () => {
  const { create } = await integrationsOf(kit.owner.actor.workspaceId);
  const integration = await create(given(OWN, await pageTokenOf(kit.emulator, OWN, FJORD)));
  expect(integration).toMatchObject({
    status: "error",
    appId: OWN.id,
    webhookSetup: {
      callbackUrl: `http://localhost:3000/webhooks/instagram/${OWN.id}`,
      object: "instagram",
      verifyToken: expect.stringMatching(/^\S{20,}$/),
      fields: expect.arrayContaining(["messages"]),
    },
  });
});

test("is given another name, fewer stories and a new token, then disconnected and connected again in its place", async () => {
  const { create, get, update, remove, list } = await integrationsOf(kit.owner.actor.workspaceId);
  const token = await pageTokenOf(kit.emulator, OURS, FJORD);
  const { id } = await create({ ...given(OURS, token), displayName: "Knits", storyRepliesEnabled: false });
  const named = { displayName: "Knits", businessName: "Fjord Knits", storyRepliesEnabled: false };
  expect(await get(id)).toMatchObject({ ...named, storyMentionsEnabled: true });
  expect(await update(id, { displayName: "IG", storyRepliesEnabled: true, storyMentionsEnabled: false })).toMatchObject(
    {
      displayName: "IG",
      storyRepliesEnabled: true,
      storyMentionsEnabled: false,
    },
  );
  expect(await update(id, { displayName: null })).toMatchObject({ displayName: "Fjord Knits", status: "active" });

  await kit.desk.db.execute(
    sql`update channel set state = 'broken', problem = 'x', problem_code = 'token' where page_id is not null`,
  );
  expect(await get(id)).toMatchObject({ status: "error" });
  const refusals: [string, RegExp][] = [
    [await pageTokenOf(kit.emulator, OWN, FJORD), /another Facebook app/],
    [await browserToken(kit.emulator, OURS, { person: "Ingrid Berg" }), /not of a Page/],
    [
      await pageTokenOf(kit.emulator, OURS, { person: "Nora Keller", pageName: "Nora Ceramics" }),
      /another Instagram account/,
    ],
    ["EAA no token", /pageAccessToken/],
  ];
  for (const [pageAccessToken, words] of refusals)
    await expect(update(id, { pageAccessToken })).rejects.toMatchObject(refused(words));
  await expect(update(id, { type: "custom" })).rejects.toMatchObject(refused(/^type/));
  expect(await get(id)).toMatchObject({ status: "error" });
  expect(await update(id, { pageAccessToken: token })).toMatchObject({ id, status: "active" });

  await remove(id);
  expect(await kit.subscriptions()).toEqual([]);
  expect(await list()).toEqual([]);
  const { rows } = await kit.desk.db.execute(sql`select state, token_sealed from channel`);
  expect(rows).toEqual([{ state: "disconnected", token_sealed: null }]);
  const absent = { status: 404, body: { errors: [{ code: "integration_not_found" }] } };
  for (const ask of [() => get(id), () => remove(id), () => update(id, { displayName: "x" })])
    await expect(ask()).rejects.toMatchObject(absent);
  expect(await create(given(OURS, token))).toMatchObject({
    id,
    displayName: "Fjord Knits",
    storyMentionsEnabled: true,
  });
});

describe("is refused with words", () => {
  test("what does not belong together or is not allowed enough; nothing is connected", async () => {
    const { create, list } = await integrationsOf(kit.owner.actor.workspaceId);
    const token = await pageTokenOf(kit.emulator, OURS, FJORD);
    const refusals: [object, RegExp][] = [
      [given({ ...OURS, secret: "0".repeat(32) }, token), /does not accept this secret/],
      [given(OURS, await pageTokenOf(kit.emulator, OWN, FJORD)), /another Facebook app/],
      [given(OURS, await browserToken(kit.emulator, OURS, { person: "Ingrid Berg" })), /not of a Page/],
      [given(OURS, "EAA no token"), /pageAccessToken/],
      [{ ...given(OURS, token), appId: 7 }, /appId/],
      [{ appId: APP_ID, pageAccessToken: token }, /appSecret/],
    ];
    const person = await kit.personIdOf("Ingrid Berg");
    for (const [body, words] of refusals) await expect(create(body)).rejects.toMatchObject(refused(words));
    await kit.emulator.call("/_control/grants", { person, appId: APP_ID, revoke: ["instagram_manage_messages"] });
    await expect(create(given(OURS, token))).rejects.toMatchObject(refused(/lacks the permission instagram_manage/));
    expect(await list()).toEqual([]);
  });

  test("an account that another workspace has", async () => {
    const token = await pageTokenOf(kit.emulator, OURS, FJORD);
    await (await integrationsOf(kit.owner.actor.workspaceId)).create(given(OURS, token));
    const stranger = await otherWorkspace(kit.desk.db, "Ada");
    const { create, list } = await integrationsOf(stranger.actor.workspaceId);
    await expect(create(given(OURS, token))).rejects.toMatchObject(refused(/another workspace/));
    expect(await list()).toEqual([]);
  });
});

function refused(words: RegExp) {
  return { status: 400, body: { errors: [{ code: "bad_request", title: expect.stringMatching(words) }] } };
}
