import SunshineConversations from "sunshine-conversations-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicId } from "@/lib/api/public-id";
import { webhookCall } from "@/lib/api/schemas/event";
import { createApiKey } from "@/lib/auth/create-api-key";
import type { ConversationRow, ThreadPage } from "@/lib/inbox/types";
import { processHandles } from "@/lib/process-handles";
import { type Integrator, openIntegrator } from "./integrator";
import { type Customer, type LiveDesk, openLiveDesk } from "./live-desk";
import type { Sink, SunkEvent } from "./sink";
import { until } from "./until";

/** Bot first, people after: the switchboard, driven by the official client, told to endpoints and shown to the desk's people. */
type Key = { id: string; secret: string };

let live: LiveDesk;
let integrator: Integrator;
let appId: string;
let key: Key;
/** Hears everything, answers first. */
let bot: { integrationId: string; id: string; key: Key; sink: Sink };
/** Hears only of what it holds. */
let quiet: { integrationId: string; id: string; key: Key; sink: Sink };
let switchboardId: string;
let inboxId: string;

beforeAll(async () => {
  live = await openLiveDesk();
  await live.start();
  integrator = await openIntegrator(live);
  appId = integrator.appId;
  key = await newKey(null);
});
afterAll(async () => {
  await integrator.clear();
  await live.close();
});

function newKey(integrationId: string | null): Promise<Key> {
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openLiveDesk comes first");
  const { workspaceId } = live.shop;
  const common = { workspaceId, name: "Test", people: true, createdBy: null };
  return createApiKey(
    live.desk.db,
    keyring,
    integrationId === null ? { ...common, scope: "app" } : { ...common, scope: "integration", integrationId },
  );
}

function client(as = key) {
  const api = new SunshineConversations.ApiClient();
  api.basePath = live.url;
  api.authentications.basicAuth.username = as.id;
  api.authentications.basicAuth.password = as.secret;
  return api;
}

const switchboards = () => new SunshineConversations.SwitchboardsApi(client());
const places = () => new SunshineConversations.SwitchboardIntegrationsApi(client());
const actions = (as = key) => new SunshineConversations.SwitchboardActionsApi(client(as));

async function conversationOf({ conversationId }: Customer) {
  const { response } = await new SunshineConversations.ConversationsApi(client()).getConversationWithHttpInfo(
    appId,
    publicId(conversationId),
  );
  return response.body.conversation;
}

/** What the people of the desk see of who answers. */
async function controlOf(customer: Customer): Promise<ConversationRow["control"]> {
  const { json } = await live.api<ThreadPage>("GET", `/conversations/${customer.conversationId}`);
  return json.conversation.control;
}

async function addCustom(name: string) {
  const sink = await integrator.newSink();
  const { json } = await integrator.call("POST", "/integrations", {
    type: "custom",
    displayName: name,
    webhooks: [{ target: sink.url, triggers: ["*"] }],
  });
  const { id } = json.integration;
  const { rows } = await live.desk.pool.query<{ id: string }>(
    "select id from custom_integration where workspace_id = $1 and name = $2",
    [live.shop.workspaceId, name],
  );
  return { integrationId: id as string, sink, key: await newKey(rows[0]?.id ?? null) };
}

const told = (sink: Sink, type: string, { conversationId }: Customer) =>
  sink.taken().filter((event) => event.type === type && idOf(event) === publicId(conversationId));

function idOf({ payload }: SunkEvent): string | undefined {
  return (payload.conversation as { id: string } | undefined)?.id;
}

async function lastTold(sink: Sink, type: string, customer: Customer): Promise<Record<string, unknown>> {
  const event = await until(`${type} is told`, () => told(sink, type, customer).at(-1));
  return event.payload;
}

describe("the official client sets up", () => {
  test("one switchboard, switched off until somebody answers first", async () => {
    expect((await switchboards().listSwitchboards(appId)).switchboards).toEqual([]);
    const { switchboard } = await switchboards().createSwitchboard(appId);
    switchboardId = switchboard.id;
    expect(switchboard.enabled).toBe(false);
    await expect(switchboards().createSwitchboard(appId)).rejects.toMatchObject({
      status: 400,
      body: { errors: [{ code: "bad_request", title: "Only one switchboard can be created per app" }] },
    });
    expect((await switchboards().listSwitchboards(appId)).switchboards).toMatchObject([{ id: switchboardId }]);
    await expect(switchboards().updateSwitchboard(appId, switchboardId, { enabled: true })).rejects.toMatchObject({
      status: 400,
    });
  });

  test("places for programs and for the inbox, with their rules", async () => {
    const [first, second] = [await addCustom("Bot"), await addCustom("Other desk")];
    const add = async (body: object) =>
      (await places().createSwitchboardIntegration(appId, switchboardId, body)).switchboardIntegration;
    const refused = (body: object, title: RegExp, code = "bad_request") =>
      expect(add(body)).rejects.toMatchObject({
        status: 400,
        body: { errors: [{ code, title: expect.stringMatching(title) }] },
      });
    const people = await add({ name: "people", integrationType: "replydesk:inbox" });
    expect(people).toMatchObject({ name: "people", integrationType: "replydesk:inbox", deliverStandbyEvents: true });
    inboxId = people.id;
    const faq = await add({
      name: "faq-bot",
      integrationId: first.integrationId,
      nextSwitchboardIntegrationId: inboxId,
      bot: true,
    });
    bot = { ...first, id: faq.id };
    const other = await add({
      name: "other",
      integrationId: second.integrationId,
      deliverStandbyEvents: false,
      messageHistoryCount: 2,
    });
    quiet = { ...second, id: other.id };
    expect(other).toMatchObject({ integrationType: "custom", messageHistoryCount: 2, deliverStandbyEvents: false });

    await refused({ name: "with space", integrationType: "replydesk:inbox" }, /^name/);
    await refused({ name: "next", integrationType: "replydesk:inbox" }, /^name/);
    await refused({ name: "faq-bot", integrationType: "zd:agentWorkspace" }, /^name/);
    await refused({ name: "nobody" }, /^integrationId/);
    await refused({ name: "again", integrationId: first.integrationId }, /^integrationId/);
    await refused({ name: "people-again", integrationType: "zd:agentWorkspace" }, /^integrationId/);
    await refused({ name: "channel", integrationId: publicId(live.shop.channelId) }, /^integrationId/);
    await refused({ name: "x", integrationType: "messenger" }, /^integrationType/);
    await refused({ name: "x", messageHistoryCount: 11, integrationType: "replydesk:inbox" }, /^messageHistoryCount/);
    await expect(
      add({ name: "x", integrationId: second.integrationId, nextSwitchboardIntegrationId: "0".repeat(24) }),
    ).rejects.toMatchObject({ status: 404 });

    const { switchboard } = await switchboards().updateSwitchboard(appId, switchboardId, {
      enabled: true,
      defaultSwitchboardIntegrationId: bot.id,
    });
    expect(switchboard).toMatchObject({ enabled: true, defaultSwitchboardIntegrationId: bot.id });
    for (const id of [bot.id, inboxId])
      await expect(places().deleteSwitchboardIntegration(appId, switchboardId, id)).rejects.toMatchObject({
        status: 400,
      });
    await expect(
      new SunshineConversations.IntegrationsApi(client()).deleteIntegration(appId, bot.integrationId),
    ).rejects.toMatchObject({ status: 400 });
    const renamed = await places().updateSwitchboardIntegration(appId, switchboardId, inboxId, { name: "humans" });
    expect(renamed.switchboardIntegration).toMatchObject({ id: inboxId, name: "humans" });
    await places().updateSwitchboardIntegration(appId, switchboardId, inboxId, { name: "people" });
    const listed = await places().listSwitchboardIntegrations(appId, switchboardId);
    expect(listed.switchboardIntegrations.map(({ name }: { name: string }) => name)).toEqual([
      "people",
      "faq-bot",
      "other",
    ]);
  });

  test("ten places and no more; what is not needed goes", async () => {
    const made: string[] = [];
    const more = await Promise.all(Array.from({ length: 8 }, (_, at) => addCustom(`Spare ${at}`)));
    for (const [at, { integrationId }] of more.entries()) {
      const adding = places().createSwitchboardIntegration(appId, switchboardId, {
        name: `spare-${at}`,
        integrationId,
      });
      if (at < 7) made.push((await adding).switchboardIntegration.id);
      else
        await expect(adding).rejects.toMatchObject({
          status: 400,
          body: { errors: [{ code: "too_many_switchboard_integrations" }] },
        });
    }
    for (const id of made) await places().deleteSwitchboardIntegration(appId, switchboardId, id);
    for (const { integrationId } of more) await integrator.call("DELETE", `/integrations/${integrationId}`);
    const listed = await places().listSwitchboardIntegrations(appId, switchboardId);
    expect(listed.switchboardIntegrations).toHaveLength(3);
  });
});

describe("control", () => {
  test("new conversations go to the default one, passed on by whoever holds them, once however often it is said", async () => {
    const customer = await live.newCustomer("Is the blue mug back?");
    const at = publicId(customer.conversationId);
    const faq = { id: bot.id, name: "faq-bot", integrationId: bot.integrationId, integrationType: "custom" };
    const people = { id: inboxId, name: "people", integrationId: inboxId, integrationType: "replydesk:inbox" };
    expect((await conversationOf(customer)).activeSwitchboardIntegration).toEqual(faq);
    expect(await lastTold(bot.sink, "conversation:create", customer)).toMatchObject({
      conversation: { id: at, activeSwitchboardIntegration: faq },
    });
    const metadata = { intent: "stock", tries: 2 };
    for (let time = 0; time < 2; time += 1)
      await actions(bot.key).passControl(appId, at, { switchboardIntegration: "next", metadata });
    expect(await lastTold(bot.sink, "switchboard:passControl", customer)).toEqual({
      conversation: { id: at, type: "personal", activeSwitchboardIntegration: people },
      metadata,
    });
    expect((await conversationOf(customer)).activeSwitchboardIntegration).toEqual(people);
    for (const to of ["faq-bot", "replydesk:inbox", bot.id, "people"]) {
      await actions().passControl(appId, at, { switchboardIntegration: to });
      await actions().passControl(appId, at, { switchboardIntegration: to });
    }
    await until("every change is told once", () => told(bot.sink, "switchboard:passControl", customer).length === 5);
    await expect(actions().passControl(appId, at, { switchboardIntegration: "nobody" })).rejects.toMatchObject({
      status: 400,
    });
    expect(await lastTold(bot.sink, "switchboard:passControl:failure", customer)).toMatchObject({
      conversation: { id: at, activeSwitchboardIntegration: people },
      error: { code: "switchboard_invalid_target" },
    });
    expect(told(bot.sink, "switchboard:passControl", customer)).toHaveLength(5);
  });

  test("an offer waits for the one it is made to; nobody else takes or releases", async () => {
    const customer = await live.newCustomer("Do you repair?");
    const at = publicId(customer.conversationId);
    await expect(actions(quiet.key).acceptControl(appId, at, {})).rejects.toMatchObject({ status: 403 });
    await expect(actions().acceptControl(appId, at, {})).rejects.toMatchObject({ status: 400 });
    expect(await lastTold(bot.sink, "switchboard:acceptControl:failure", customer)).toMatchObject({
      error: { code: "switchboard_invalid_action" },
    });
    await actions(bot.key).offerControl(appId, at, { switchboardIntegration: "people" });
    await actions(bot.key).offerControl(appId, at, { switchboardIntegration: "other" });
    const offered = await lastTold(quiet.sink, "switchboard:offerControl", customer);
    expect(offered).toMatchObject({
      conversation: {
        activeSwitchboardIntegration: { name: "faq-bot" },
        pendingSwitchboardIntegration: { name: "other" },
      },
      messageHistory: [{ content: { type: "text", text: "Do you repair?" }, author: { type: "user" } }],
    });
    expect(await conversationOf(customer)).toMatchObject({ pendingSwitchboardIntegration: { name: "other" } });
    await expect(actions().offerControl(appId, at, { switchboardIntegration: "faq-bot" })).rejects.toMatchObject({
      status: 400,
    });
    await expect(actions(bot.key).acceptControl(appId, at, {})).rejects.toMatchObject({ status: 403 });
    await actions(quiet.key).acceptControl(appId, at, { metadata: { by: "desk" } });
    expect(await lastTold(bot.sink, "switchboard:acceptControl", customer)).toEqual({
      conversation: {
        id: at,
        type: "personal",
        activeSwitchboardIntegration: expect.objectContaining({ name: "other" }),
      },
      metadata: { by: "desk" },
    });
    await expect(actions(bot.key).releaseControl(appId, at)).rejects.toMatchObject({ status: 403 });
    await actions(quiet.key).releaseControl(appId, at);
    expect(await lastTold(bot.sink, "switchboard:releaseControl", customer)).toEqual({
      conversation: { id: at, type: "personal" },
      metadata: {},
    });
    expect(await conversationOf(customer)).not.toHaveProperty("activeSwitchboardIntegration");
    await live.customerWrites(customer, "Anybody?");
    expect(await conversationOf(customer)).toMatchObject({ activeSwitchboardIntegration: { name: "faq-bot" } });
  });

  test("who wants no standby events hears only of what it holds", async () => {
    const customer = await live.newCustomer("one");
    const at = publicId(customer.conversationId);
    await actions(bot.key).passControl(appId, at, { switchboardIntegration: "other" });
    await live.customerWrites(customer, "two");
    await until("it hears what it holds", () => told(quiet.sink, "conversation:message", customer).length === 1);
    await actions(quiet.key).passControl(appId, at, { switchboardIntegration: "faq-bot" });
    await live.customerWrites(customer, "three");
    await until("the bot hears everything", () => told(bot.sink, "conversation:message", customer).length === 3);
    const heard = quiet.sink.taken().filter((event) => idOf(event) === at && event.type !== "client:update");
    expect(heard.map(({ type }) => type)).toEqual([
      "switchboard:passControl",
      "conversation:message",
      "switchboard:passControl",
    ]);
    expect(heard[0]?.payload).toMatchObject({ messageHistory: [{ content: { text: "one" } }] });
  });

  test("however many ask at once, it changes hands in one order, and the last told is how it is", async () => {
    const customer = await live.newCustomer("All at once");
    const at = publicId(customer.conversationId);
    const path = `/conversations/${customer.conversationId}`;
    const asked = Array.from({ length: 40 }, (_, n) => {
      const to = ["faq-bot", "people", "other"][n % 3];
      if (n % 5 === 0) return live.api("POST", `${path}/${n % 2 ? "take-over" : "hand-back"}`);
      if (n % 7 === 0) return live.reply(customer, `Reply ${n}`);
      const body = { switchboardIntegration: to, metadata: { n } };
      return actions()
        [n % 2 ? "passControl" : "offerControl"](appId, at, body)
        .catch((error: { status: number }) => expect(error.status).toBe(400));
    });
    await Promise.all(asked);
    const { activeSwitchboardIntegration: active, pendingSwitchboardIntegration: pending } =
      await conversationOf(customer);
    const { rows } = await live.desk.pool.query<{ links: boolean; count: number }>(
      `select count(*)::int as count, bool_and(was_holder_id = before) as links from (
        select k.was_holder_id, lag((k.holder ->> 'id')::uuid, 1, k.was_holder_id) over (order by e.sequence) as before
        from event e join control_change k on k.id = e.control_id where k.conversation_id = $1) changes`,
      [customer.conversationId],
    );
    expect(rows[0]?.links).toBe(true);
    expect(rows[0]?.count).toBeGreaterThan(5);
    const changes = () =>
      bot.sink.taken().filter((event) => idOf(event) === at && event.type.startsWith("switchboard:"));
    await until("every change is told", () => changes().length === rows[0]?.count);
    expect(changes().at(-1)?.payload.conversation).toEqual({
      id: at,
      type: "personal",
      activeSwitchboardIntegration: active,
      ...(pending && { pendingSwitchboardIntegration: pending }),
    });
  });

  test("an account may begin with another one than the rest", async () => {
    const integrations = new SunshineConversations.IntegrationsApi(client());
    const channel = publicId(live.shop.channelId);
    const read = async () => (await integrations.getIntegrationWithHttpInfo(appId, channel)).response.body.integration;
    expect(await read()).toMatchObject({ defaultResponder: { name: "faq-bot", inherited: true } });
    await integrations.updateIntegration(appId, channel, { defaultResponderId: inboxId });
    expect(await read()).toMatchObject({ defaultResponder: { name: "people", inherited: false } });
    const customer = await live.newCustomer("Straight to people");
    expect(await conversationOf(customer)).toMatchObject({ activeSwitchboardIntegration: { name: "people" } });
    await integrations.updateIntegration(appId, channel, { defaultResponderId: null });
    expect(await read()).toMatchObject({ defaultResponder: { inherited: true } });
  });
});

describe("the people of the desk", () => {
  test("see who answers, take over, and give it back", async () => {
    const customer = await live.newCustomer("Hello bot");
    const path = `/conversations/${customer.conversationId}`;
    expect(await controlOf(customer)).toMatchObject({
      holder: { name: "faq-bot", kind: "bot" },
      handBackTo: { name: "faq-bot" },
      inboxAnswers: true,
    });
    expect((await live.api("POST", `${path}/take-over`)).status).toBe(200);
    expect(await controlOf(customer)).toMatchObject({ holder: { kind: "inbox" } });
    expect(await lastTold(bot.sink, "switchboard:passControl", customer)).toMatchObject({
      conversation: { activeSwitchboardIntegration: { name: "people" } },
    });
    expect((await live.api("POST", `${path}/hand-back`)).status).toBe(200);
    expect(await controlOf(customer)).toMatchObject({ holder: { name: "faq-bot" } });
    await actions(bot.key).offerControl(appId, publicId(customer.conversationId), { switchboardIntegration: "next" });
    expect(await controlOf(customer)).toMatchObject({ offeredTo: { kind: "inbox" } });
    expect((await live.api("POST", `${path}/take-over`)).status).toBe(200);
    await lastTold(bot.sink, "switchboard:acceptControl", customer);
    expect(await controlOf(customer)).toMatchObject({ holder: { kind: "inbox" }, offeredTo: null });
  });

  test("take a conversation over by answering it", async () => {
    const customer = await live.newCustomer("Are you a bot?");
    await live.reply(customer, "No, I am Nora");
    expect(await controlOf(customer)).toMatchObject({ holder: { kind: "inbox" } });
    await until("the pass and the reply are told", () => told(bot.sink, "conversation:message", customer).length === 2);
    const order = bot.sink.taken().filter((event) => idOf(event) === publicId(customer.conversationId));
    expect(order.map(({ type }) => type).filter((type) => !/delivery|client/.test(type))).toEqual([
      "conversation:create",
      "conversation:message",
      "switchboard:passControl",
      "conversation:message",
    ]);
  });

  test("what was said with a hand-over belongs to the person: it is exported, and erased with them", async () => {
    const customer = await live.newCustomer("Who knows what of me?");
    const metadata = { mood: "impatient" };
    await actions(bot.key).passControl(appId, publicId(customer.conversationId), {
      switchboardIntegration: "next",
      metadata,
    });
    const { json } = await live.api<ThreadPage>("GET", `/conversations/${customer.conversationId}`);
    const exported = await live.api<object>("GET", `/contacts/${json.contact.id}/export`);
    expect(exported.json).toMatchObject({ person: { conversation: { handovers: [{ to: "people", metadata }] } } });
    await new SunshineConversations.UsersApi(client()).deleteUser(appId, publicId(json.contact.id));
    const { rows } = await live.desk.pool.query("select 1 from control_change where metadata @> $1", [metadata]);
    expect(rows).toEqual([]);
  });

  test("what is marked as a bot cannot pass for a person after 24 hours, whatever its key says", async () => {
    const customer = await live.newCustomer("I will wait");
    const at = publicId(customer.conversationId);
    await live.advance(25 * 3_600_000);
    const send = (as: Key, text: string) =>
      new SunshineConversations.MessagesApi(client(as)).postMessage(appId, at, {
        author: { type: "business" },
        content: { type: "text", text },
      });
    await send(bot.key, "From the bot");
    expect(await lastTold(bot.sink, "conversation:message:delivery:failure", customer)).toMatchObject({
      error: { code: "forbidden", message: expect.stringContaining("only people") },
    });
    await send(quiet.key, "From a person elsewhere");
    const sent = await until("a person's is sent", async () => (await live.ledger(customer)).at(-1));
    expect(sent).toMatchObject({ text: "From a person elsewhere", tag: "HUMAN_AGENT" });
  });

  test("nothing of it is left when the switchboard goes", async () => {
    const customer = await live.newCustomer("Still there?");
    await switchboards().updateSwitchboard(appId, switchboardId, { enabled: false });
    expect(await controlOf(customer)).toBeNull();
    expect(await conversationOf(customer)).not.toHaveProperty("activeSwitchboardIntegration");
    const at = publicId(customer.conversationId);
    await expect(actions().passControl(appId, at, { switchboardIntegration: "people" })).rejects.toMatchObject({
      status: 400,
    });
    await live.customerWrites(customer, "All ears now?");
    for (const { json } of [...bot.sink.received, ...quiet.sink.received]) webhookCall.parse(json);
    await until("the quiet one hears it too", () => told(quiet.sink, "conversation:message", customer).length === 1);
    await switchboards().deleteSwitchboard(appId, switchboardId);
    expect((await switchboards().listSwitchboards(appId)).switchboards).toEqual([]);
  });
});
