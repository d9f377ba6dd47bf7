import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerConnectAttempt } from "@/lib/inbox/answer-connect-attempt";
import { claimConnectAttempt } from "@/lib/inbox/claim-connect-attempt";
import { connectChannel } from "@/lib/inbox/connect-channel";
import type { Ctx } from "@/lib/inbox/context";
import { readChanges } from "@/lib/inbox/read-changes";
import { currentSequence } from "@/lib/inbox/rows";
import { startConnectAttempt } from "@/lib/inbox/start-connect-attempt";
import { disconnectAccount } from "@/lib/meta/disconnect-account";
import { processHandles } from "@/lib/process-handles";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { type Customer, FACEBOOK_APP, type LiveDesk, openLiveDesk, type Shop } from "./live-desk";
import { useSettings } from "./settings";
import { until } from "./until";

/** Disconnecting ends what Facebook reports and forgets the token; history stays or goes, as chosen. */
let live: LiveDesk;

beforeAll(async () => {
  live = await openLiveDesk();
  // The desk's own verbs are called here too; they speak to the same Graph.
  useSettings({
    FACEBOOK_GRAPH_URL: live.graph.url,
    FACEBOOK_APP_ID: FACEBOOK_APP.id,
    FACEBOOK_APP_SECRET: FACEBOOK_APP.secret,
  });
  await live.start();
});
afterAll(() => live?.close());

type Subscription = { appId: string; pageId: string };

async function isSubscribed(pageId: string): Promise<boolean> {
  const { subscriptions } = await live.emulator.get<{ subscriptions: Subscription[] }>("/_control/subscriptions");
  return subscriptions.some((one) => one.pageId === pageId && one.appId === FACEBOOK_APP.id);
}

async function channelRow(channelId: string) {
  const { rows } = await live.desk.db.execute<{ state: string; token: Buffer | null }>(
    sql`select state, token_sealed as token from channel where id = ${channelId}`,
  );
  return rows[0];
}

/** The account comes back through the login, as the callback and "Save" do it. */
async function connectAgain(shop: Shop): Promise<{ channelId: string }> {
  const ctx: Ctx = shop.ctx;
  const started = await startConnectAttempt(ctx, { way: "login", previousBrowser: null, channelId: null });
  const { attemptId } = await claimConnectAttempt(ctx, started);
  const person = { id: "1", name: "Nora Keller" };
  await answerConnectAttempt(ctx, { attemptId, answer: { userToken: "EAA", person, permissions: {} } });
  const page = await live.emulator.connect("Nora Keller", "Nora Ceramics");
  return connectChannel(ctx, {
    attemptId,
    facebookAppId: FACEBOOK_APP.id,
    page: { id: page.pageId, name: "Nora Ceramics" },
    token: { value: page.token, expiresAt: null, dataAccessExpiresAt: null },
    account: { id: page.accountId, username: "nora.ceramics", name: "Nora Ceramics", pictureUrl: null },
    problem: null,
  });
}

const texts = async (customer: Customer) => (await live.messages(customer)).map(({ text }) => text);

test("kept: Facebook is told, the token is gone, the conversations stay and go on where they were", async () => {
  const { shop } = live;
  const ana = await live.newCustomer("Is it blue?");
  await live.emulator.post("/_control/faults", { path: "send", kind: "error", code: 2, transient: true, times: null });
  await live.reply(ana, "It waits.");
  expect(await isSubscribed(shop.pageId)).toBe(true);
  expect(await disconnectAccount(shop.ctx, { channelId: shop.channelId, history: "keep" })).toEqual({ remark: null });
  expect(await isSubscribed(shop.pageId)).toBe(false);
  expect(await channelRow(shop.channelId)).toEqual({ state: "disconnected", token: null });
  // What waited says why it did not leave, and does not leave later.
  await live.passTimeUntil(
    "the reply is given up",
    async () => (await live.replies(ana))[0]?.startsWith("failed") ?? false,
  );
  await live.emulator.clearFaults();
  const refused = await live.api("POST", `/conversations/${ana.conversationId}/messages`, {
    id: crypto.randomUUID(),
    text: "x",
  });
  expect(refused.status).toBe(409);
  await live.emulator.post("/_play/send", { customerId: ana.id, igId: shop.accountId, text: "Hello?" });
  expect(await texts(ana)).toEqual(["Is it blue?", "It waits."]);
  expect(await connectAgain(shop)).toEqual({ channelId: shop.channelId });
  // What was said while nobody listened is read back.
  await until("the hole is filled", async () => (await texts(ana)).includes("Hello?"));
  expect(await texts(ana)).toEqual(["Is it blue?", "It waits.", "Hello?"]);
  expect(await live.ledger(ana)).toEqual([]);
});

test("without Facebook: it may be tried again, or done anyway; a dead token stops nothing", async () => {
  const { shop } = live;
  await live.graph.close();
  const input = { channelId: shop.channelId, history: "keep" } as const;
  await expect(disconnectAccount(shop.ctx, input)).rejects.toThrow(/Nothing was disconnected/);
  expect((await channelRow(shop.channelId))?.state).toBe("healthy");
  const { remark } = await disconnectAccount(shop.ctx, { ...input, anyway: true });
  expect(remark).toMatch(/could not be told to stop/);
  await live.graph.open();
  await connectAgain(shop);
  await live.emulator.post("/_control/tokens", { pageId: shop.pageId, action: "revoke" });
  expect((await disconnectAccount(shop.ctx, input)).remark).toMatch(/could not be told to stop/);
  expect(await channelRow(shop.channelId)).toEqual({ state: "disconnected", token: null });
  await live.emulator.post("/_control/tokens", { pageId: shop.pageId, action: "restore" });
  await connectAgain(shop);
});

test("erased: typed to confirm, and nothing of it is left in the database, its jobs, what was set aside or the streams", async () => {
  const { shop } = live;
  await live.addShop("Ingrid Berg", "Fjord Knits");
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openLiveDesk comes first");
  await createWebhook(
    { db: live.desk.db, keyring },
    {
      workspaceId: shop.workspaceId,
      integrationId: shop.channelId,
      target: "https://hooks.example.com",
      triggers: ["conversation:message"],
    },
  );
  const secret = "the word of nobody else";
  const bo = await live.newCustomer(secret);
  await live.customerWrites(bo, `${secret}, again`);
  await live.emulator.post("/_play/other", { customerId: bo.id, igId: shop.accountId, kind: "unsupported" });
  await live.emulator.post("/_play/sample", { customerId: bo.id, igId: shop.accountId, kind: "unknown" });
  await live.reply(bo, `${secret}, answered`);
  await until("it is sent", async () => (await live.replies(bo))[0]?.startsWith("sent") ?? false);
  // Meta repeats what was not taken in time, and comes when all is over.
  await live.emulator.post("/_control/deliveries/hold");
  await live.emulator.post("/_play/send", { customerId: bo.id, igId: shop.accountId, text: `${secret}, too late` });

  const input = { channelId: shop.channelId, history: "erase" } as const;
  await expect(disconnectAccount(shop.ctx, input)).rejects.toThrow("Type @nora.ceramics to confirm");
  await expect(disconnectAccount(shop.ctx, { ...input, confirmation: "nora" })).rejects.toThrow("Type @");
  expect((await channelRow(shop.channelId))?.state).toBe("healthy");
  const before = await currentSequence(live.desk.db, shop.workspaceId);
  await disconnectAccount(shop.ctx, { ...input, confirmation: "@nora.ceramics" });
  await until("all is erased", async () => (await channelRow(shop.channelId)) === undefined);
  await live.emulator.post("/_control/deliveries/release");
  await until("no delivery waits", async () => {
    const { rows } = await live.desk.db.execute(sql`select from delivery`);
    return rows.length === 0;
  });
  const everything = await dump();
  for (const trace of [secret, bo.igsid, bo.conversationId, shop.channelId])
    expect(everything.filter((line) => line.includes(trace))).toEqual([]);
  // Who looked at it at that moment reads everything anew.
  expect(await readChanges(live.desk.db, shop.workspaceId, before)).toMatchObject({ resync: true, messages: [] });
  expect(await live.api("GET", `/conversations/${bo.conversationId}`)).toMatchObject({ status: 404 });
});

/** Every row of every table, also what is kept as bytes. */
async function dump(): Promise<string[]> {
  const { rows: tables } = await live.desk.db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`);
  const lines: string[] = [];
  for (const { name } of tables) {
    const { rows } = await live.desk.pool.query<{ line: string }>(`select to_jsonb(t)::text as line from "${name}" t`);
    for (const { line } of rows) {
      const bytes = line.replaceAll(/"\\\\x([0-9a-f]+)"/g, (_, hex: string) =>
        Buffer.from(hex, "hex").toString("latin1"),
      );
      lines.push(`${name} ${bytes}`);
    }
  }
  return lines;
}

test("the same account is connected once, and not in two workspaces", async () => {
  const shop = await live.addShop("Nora Keller", "Nora Ceramics");
  await expect(connectAgain({ ...live.shop })).rejects.toThrow(/is connected in another workspace of this desk/);
  expect(await connectAgain(shop)).toEqual({ channelId: shop.channelId });
});
