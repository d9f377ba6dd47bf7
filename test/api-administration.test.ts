import { sql } from "drizzle-orm";
import SunshineConversations from "sunshine-conversations-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { processHandles } from "@/lib/process-handles";
import { png } from "./files";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import { until } from "./until";

/** What the official client does beside conversing: deleting, keys, workspaces, and what Instagram has no use for. */
let live: LiveDesk;
let appId: string;
let key: { id: string; secret: string };
let account: { id: string; secret: string };

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
  appId = publicId(live.shop.workspaceId);
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openLiveDesk comes first");
  const common = { name: "Test", people: true, createdBy: null };
  const { workspaceId } = live.shop;
  key = await createApiKey(live.desk.db, keyring, { ...common, scope: "app", workspaceId });
  account = await createApiKey(live.desk.db, keyring, { ...common, scope: "account" });
});
afterAll(() => live.close());

function client(as = key) {
  const api = new SunshineConversations.ApiClient();
  api.basePath = live.url;
  api.authentications.basicAuth.username = as.id;
  api.authentications.basicAuth.password = as.secret;
  return api;
}

const messagesApi = () => new SunshineConversations.MessagesApi(client());
const usersApi = () => new SunshineConversations.UsersApi(client());
const business = { type: "business" };

function newIntegration(displayName: string) {
  const webhooks = [{ target: "https://hooks.example.com", triggers: ["conversation:message"] }];
  return new SunshineConversations.IntegrationsApi(client()).createIntegration(appId, {
    type: "custom",
    displayName,
    webhooks,
  });
}

async function userOf(conversationId: string): Promise<string> {
  const { messages } = await messagesApi().listMessages(appId, conversationId);
  return messages[0].author.userId;
}

async function said(customer: Customer, text: string) {
  const conversationId = publicId(customer.conversationId);
  const { messages } = await messagesApi().postMessage(appId, conversationId, {
    author: business,
    content: { type: "text", text },
  });
  await until(`"${text}" is sent`, async () =>
    (await live.messages(customer)).some((row) => row.text === text && row.state === "sent"),
  );
  return messages[0].id as string;
}

describe("deleting", () => {
  test("one message, then all: gone from the desk, kept at Instagram, and never sent again", async () => {
    const customer = await live.newCustomer("Where is my parcel?");
    const conversationId = publicId(customer.conversationId);
    const first = await said(customer, "It left yesterday");
    await said(customer, "And arrives today");
    await messagesApi().deleteMessage(appId, conversationId, first);
    const left = await messagesApi().listMessages(appId, conversationId);
    const texts = left.messages.map(({ content }: { content: { text: string } }) => content.text);
    expect(texts).toEqual(["Where is my parcel?", "", "And arrives today"]);
    expect(left.messages[1]).toMatchObject({ id: first, deleted: true });
    expect((await live.messages(customer)).some(({ text }) => text === "It left yesterday")).toBe(false);
    await messagesApi().deleteAllMessages(appId, conversationId);
    const none = await messagesApi().listMessages(appId, conversationId);
    expect(none.messages.every(({ deleted }: { deleted: boolean }) => deleted)).toBe(true);
    expect((await live.ledger(customer)).map(({ text }) => text)).toEqual(["It left yesterday", "And arrives today"]);
    await expect(messagesApi().deleteMessage(appId, conversationId, "0".repeat(24))).rejects.toMatchObject({
      status: 404,
    });
  });

  test("a file that was uploaded for a message ends with it", async () => {
    const customer = await live.newCustomer("A picture, please");
    const conversationId = publicId(customer.conversationId);
    const attachments = new SunshineConversations.AttachmentsApi(client());
    const { attachment } = await attachments.uploadAttachment(appId, "public", png().bytes, { _for: "message" });
    const served = async () => (await fetch(live.url + new URL(attachment.mediaUrl).pathname)).status;
    const { messages } = await messagesApi().postMessage(appId, conversationId, {
      author: business,
      content: { type: "image", mediaUrl: attachment.mediaUrl },
    });
    await until("the picture is sent", async () =>
      (await live.messages(customer)).some(({ kind, state }) => kind === "image" && state === "sent"),
    );
    expect(await served()).toBe(200);
    await messagesApi().deleteMessage(appId, conversationId, messages[0].id);
    expect(await served()).toBe(404);
  });

  test("a person: what is known of them, then everything with a receipt", async () => {
    const customer = await live.newCustomer("Forget me");
    const conversationId = publicId(customer.conversationId);
    const userId = await userOf(conversationId);
    await usersApi().updateUser(appId, userId, { metadata: { vip: true }, profile: { surname: "Lima" } });
    const { user } = await usersApi().deleteUserPersonalInformation(appId, userId);
    expect(user.metadata ?? null).toBeNull();
    expect(user.profile.surname ?? null).toBeNull();
    expect(user.profile.givenName ?? null).toBeNull();
    expect((await messagesApi().listMessages(appId, conversationId)).messages).toHaveLength(1);
    await usersApi().deleteUser(appId, userId);
    const gone = [
      () => usersApi().getUser(appId, userId),
      () => messagesApi().listMessages(appId, conversationId),
      () => usersApi().deleteUser(appId, userId),
    ];
    for (const ask of gone) await expect(ask()).rejects.toMatchObject({ status: 404 });
  });
});

describe("keys and workspaces", () => {
  test("an account key makes, lists, renames and deletes apps, and never one with members", async () => {
    const apps = new SunshineConversations.AppsApi(client(account));
    const { app } = await apps.createApp({ displayName: "For the bot" });
    const { app: named } = await apps.updateApp(app.id, { displayName: "Bot", metadata: { team: "emea" } });
    expect(named).toMatchObject({ id: app.id, displayName: "Bot", metadata: { team: "emea" } });
    const { app: again } = await apps.updateApp(app.id, { displayName: "Bot" });
    expect(again.metadata).toEqual({ team: "emea" });
    const { apps: all } = await apps.listApps({});
    expect(all.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([appId, app.id]));
    const { response } = await apps.listAppsWithHttpInfo({ page: { size: 1 } });
    expect(response.body.apps).toHaveLength(1);
    expect(response.body.meta.hasMore).toBe(true);
    await apps.deleteApp(app.id);
    await expect(apps.getApp(app.id)).rejects.toMatchObject({
      status: 404,
      body: { errors: [{ code: "app_not_found" }] },
    });
    await expect(apps.deleteApp(appId)).rejects.toMatchObject({ status: 400 });
    await expect(new SunshineConversations.AppsApi(client()).listApps({})).rejects.toMatchObject({ status: 403 });
  });

  test("keys of an app and of a custom integration open what they are for, until they are revoked; ten are the most", async () => {
    const keys = new SunshineConversations.AppKeysApi(client(account));
    const { key: made } = await keys.createAppKey(appId, { displayName: "Helpdesk" });
    expect((await new SunshineConversations.AppsApi(client(made)).getApp(appId)).app.id).toBe(appId);
    const listed = await keys.listAppKeysWithHttpInfo(appId);
    expect(listed.response.body.keys.map(({ id }: { id: string }) => id)).toContain(made.id);
    expect(JSON.stringify(listed.response.body)).not.toContain(made.secret);
    await keys.deleteAppKey(appId, made.id);
    await expect(new SunshineConversations.AppsApi(client(made)).getApp(appId)).rejects.toMatchObject({ status: 401 });
    await expect(keys.getAppKey(appId, made.id)).rejects.toMatchObject({ status: 404 });

    const integrations = new SunshineConversations.IntegrationsApi(client());
    const { integration } = await integrations.createIntegration(appId, {
      type: "custom",
      displayName: "Bot",
      webhooks: [{ target: "https://hooks.example.com", triggers: ["conversation:message"] }],
    });
    const renamed = await integrations.updateIntegration(appId, integration.id, { displayName: "Better bot" });
    expect(renamed.integration.displayName).toBe("Better bot");
    await expect(
      integrations.updateIntegration(appId, integration.id, { storyRepliesEnabled: false }),
    ).rejects.toMatchObject({
      status: 400,
      body: { errors: [{ title: expect.stringMatching(/^storyRepliesEnabled/) }] },
    });
    const ownKeys = new SunshineConversations.CustomIntegrationApiKeysApi(client());
    const { key: own } = await ownKeys.createCustomIntegrationKey(appId, integration.id, { displayName: "1" });
    const hooks = new SunshineConversations.WebhooksApi(client(own));
    expect((await hooks.listWebhooks(appId, "me")).webhooks).toHaveLength(1);
    for (let n = 2; n <= 10; n += 1)
      await ownKeys.createCustomIntegrationKey(appId, integration.id, { displayName: String(n) });
    await expect(
      ownKeys.createCustomIntegrationKey(appId, integration.id, { displayName: "11" }),
    ).rejects.toMatchObject({ status: 400 });
    await ownKeys.deleteCustomIntegrationKey(appId, integration.id, own.id);
    await expect(hooks.listWebhooks(appId, "me")).rejects.toMatchObject({ status: 401 });
    const channel = publicId(live.shop.channelId);
    await expect(ownKeys.listCustomIntegrationKeys(appId, channel)).rejects.toMatchObject({ status: 400 });
  });

  test("a program's key cannot make one that people write through", async () => {
    const keys = new SunshineConversations.AppKeysApi(client(account));
    const { key: program } = await keys.createAppKey(appId, { displayName: "Bot" });
    const { integration } = await newIntegration("Escalating");
    const own = new SunshineConversations.CustomIntegrationApiKeysApi(client(program));
    const make = (people: boolean) =>
      own.createCustomIntegrationKey(appId, integration.id, { displayName: "Its own", people });
    await expect(make(true)).rejects.toMatchObject({ status: 403 });
    expect((await make(false)).key.id).toMatch(/^int_/);
    await new SunshineConversations.IntegrationsApi(client()).deleteIntegration(appId, integration.id);
  });
});

describe("at the same time", () => {
  test("what many say of a person all stays, up to its limit", async () => {
    const customer = await live.newCustomer("Hello from all sides");
    const userId = await userOf(publicId(customer.conversationId));
    const say = (metadata: object) => usersApi().updateUser(appId, userId, { metadata });
    await Promise.all(Array.from({ length: 12 }, (_, n) => say({ [`fact${n}`]: n })));
    const { user } = await usersApi().getUser(appId, userId);
    expect(Object.keys(user.metadata)).toHaveLength(12);
    await say({ long: "x".repeat(3_000) });
    await expect(say({ longer: "x".repeat(3_000) })).rejects.toMatchObject({ status: 400 });
    await expect(
      usersApi().updateUser(appId, userId, { signedUpAt: "0000-01-01T00:00:00.000Z" }),
    ).rejects.toMatchObject({ status: 400 });

    const conversations = new SunshineConversations.ConversationsApi(client());
    const id = publicId(customer.conversationId);
    await Promise.all([
      ...Array.from({ length: 6 }, () => conversations.updateConversation(appId, id, { displayName: "Order 7" })),
      ...Array.from({ length: 6 }, () => conversations.updateConversation(appId, id, { description: "Mugs" })),
    ]);
    const { conversation } = await conversations.getConversation(appId, id);
    expect(conversation).toMatchObject({ displayName: "Order 7", description: "Mugs" });
  });

  test("no webhook outlives its integration, and no integration stays of a webhook that was one too many", async () => {
    const integrations = new SunshineConversations.IntegrationsApi(client());
    const listed = async () =>
      (await integrations.listIntegrations(appId, { page: { size: 100 }, filter: { types: "custom" } })).integrations;
    const before = (await listed()).length;
    const made = await Promise.allSettled(Array.from({ length: 14 }, (_, n) => newIntegration(`Number ${n}`)));
    const there = made.flatMap((one) => (one.status === "fulfilled" ? [one.value.integration.id as string] : []));
    expect(there.length).toBeLessThan(14);
    expect(await listed()).toHaveLength(before + there.length);
    const hooks = new SunshineConversations.WebhooksApi(client());
    const hook = { target: "https://hooks.example.com", triggers: ["*"] };
    await Promise.allSettled(
      there.flatMap((id) => [
        integrations.deleteIntegration(appId, id),
        hooks.createWebhook(appId, id, hook),
        hooks.createWebhook(appId, id, hook),
      ]),
    );
    expect(await listed()).toHaveLength(before);
    const { rows } = await live.desk.db.execute(sql`
      select 1 from webhook w where not exists (select from custom_integration c where c.workspace_id = w.workspace_id and c.id = w.integration_id)`);
    expect(rows).toEqual([]);
  });
});

test("who asks for a conversation with a person gets theirs; an externalId names a person, and one only", async () => {
  const [ana, ben] = [await live.newCustomer("Hello"), await live.newCustomer("Hi")];
  const conversations = new SunshineConversations.ConversationsApi(client());
  const userId = await userOf(publicId(ana.conversationId));
  const { user } = await usersApi().updateUser(appId, userId, { externalId: "crm/7 ü" });
  expect(user).toMatchObject({ id: userId, externalId: "crm/7 ü" });
  expect((await usersApi().getUser(appId, "crm/7 ü")).user.id).toBe(userId);
  const other = await userOf(publicId(ben.conversationId));
  const taken = { status: 409, body: { errors: [{ code: "conflict" }] } };
  await expect(usersApi().updateUser(appId, other, { externalId: "crm/7 ü" })).rejects.toMatchObject(taken);
  await expect(usersApi().createUser(appId, { externalId: "crm/7 ü" })).rejects.toMatchObject(taken);
  const { conversation } = await conversations.createConversation(appId, {
    type: "personal",
    participants: [{ userExternalId: "crm/7 ü" }],
    metadata: { order: 7 },
  });
  expect(conversation).toMatchObject({ id: publicId(ana.conversationId), isDefault: true, metadata: { order: 7 } });
  const listed = await conversations.listConversations(appId, { userExternalId: "crm/7 ü" });
  expect(listed.conversations.map(({ id }: { id: string }) => id)).toEqual([conversation.id]);
  await usersApi().updateUser(appId, userId, { externalId: null });
  await expect(usersApi().getUser(appId, "crm/7 ü")).rejects.toMatchObject({ status: 404 });
});

test("what Instagram has no use for is answered in its right envelope", async () => {
  const customer = await live.newCustomer("Hello");
  const conversationId = publicId(customer.conversationId);
  const userId = await userOf(conversationId);
  const clients = new SunshineConversations.ClientsApi(client());
  const devices = new SunshineConversations.DevicesApi(client());
  const conversations = new SunshineConversations.ConversationsApi(client());
  const participants = new SunshineConversations.ParticipantsApi(client());
  expect((await devices.listDevices(appId, userId)).devices).toEqual([]);
  const refused: [() => Promise<unknown>, number, string][] = [
    [() => clients.createClient(appId, userId, { matchCriteria: { type: "whatsapp" } }), 400, "bad_request"],
    [() => clients.removeClient(appId, userId, userId), 400, "bad_request"],
    [() => clients.removeClient(appId, userId, "0".repeat(24)), 404, "client_not_found"],
    [() => devices.getDevice(appId, userId, "x"), 404, "device_not_found"],
    [() => conversations.deleteConversation(appId, conversationId), 400, "bad_request"],
    [
      () => conversations.createConversation(appId, { type: "sdkGroup", participants: [{ userId }] }),
      400,
      "bad_request",
    ],
    [() => conversations.createConversation(appId, { type: "personal" }), 400, "bad_request"],
    [
      () => conversations.createConversation(appId, { type: "personal", participants: [{ userId: "0".repeat(24) }] }),
      404,
      "user_not_found",
    ],
    [() => participants.joinConversation(appId, conversationId, { userId }), 400, "bad_request"],
    [() => participants.leaveConversation(appId, conversationId, { userId }), 404, "not_found"],
    [() => usersApi().createUser(appId, { externalId: "new" }), 400, "bad_request"],
  ];
  for (const [ask, status, code] of refused)
    await expect(ask()).rejects.toMatchObject({ status, body: { errors: [{ code }] } });
});
