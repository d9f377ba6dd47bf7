import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { inject, vi } from "vitest";
import type { MessageRow, ThreadPage } from "@/lib/inbox/types";
import { type Child, startChild } from "./child-process";
import { type DatabaseGate, openDatabaseGate } from "./database-gate";
import { addWorkspace, type DeskFixture, openDesk, type WorkspaceFixture } from "./desk-fixture";
import { type EmulatorProcess, type FacebookApp, startEmulatorProcess } from "./emulator-process";
import { freePort } from "./free-port";
import { type GraphGate, openGraphGate } from "./graph-gate";
import { setClock } from "./set-clock";
import { until } from "./until";

// Processes are started, killed and started again; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const AUTH_SECRET = "a secret for sessions of the tests 0123456789";

/** The one with which the fixtures encrypt. */
export const FIRST_ENCRYPTION_KEY = "a test key for secrets at rest 0123456789";

export const FACEBOOK_APP: FacebookApp = {
  id: "900100200300",
  secret: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  verifyToken: "verify-token-of-the-tests",
};

export type Shop = WorkspaceFixture & { pageId: string; cookie: string };

export type Customer = { id: string; igsid: string; conversationId: string };

export type LedgerEntry = {
  n: number;
  recipient: string;
  kind: string;
  text: string;
  tag: string | null;
  mid: string;
  /** The body of the call. */
  raw: Record<string, unknown>;
};

export type Answered<T> = { status: number; json: T };

/** The product as it runs: server processes, PostgreSQL, and the emulator for Meta, all met over HTTP. */
export type LiveDesk = {
  desk: DeskFixture;
  emulator: EmulatorProcess;
  /** Between the desk and Graph. */
  graph: GraphGate;
  /** Between the server processes and PostgreSQL. */
  database: DatabaseGate;
  /** Nora Ceramics, connected. */
  shop: Shop;
  /** Where the first server process answers, running or not. */
  url: string;
  webhookUrl: string;
  /** Starts a server process; the first one is the one Meta and members speak to. */
  start(options?: { worker?: "on" | "off"; port?: number; env?: Record<string, string> }): Promise<Child>;
  /** Another workspace in the same database, with an account of its own. */
  addShop(person: string, pageName: string): Promise<Shop>;
  cookieOf(member: WorkspaceFixture["member"]): Promise<string>;
  /** Moves the one clock of desk and Meta, and waits until the running processes have noticed. */
  advance(ms: number): Promise<void>;
  /** Lets time pass in steps until `look` is true. */
  passTimeUntil(what: string, look: () => Promise<boolean>, stepMs?: number): Promise<void>;
  api<T = unknown>(method: "GET" | "POST", path: string, body?: object, shop?: Shop): Promise<Answered<T>>;
  /** A customer of the shop whose first message has arrived. */
  newCustomer(text?: string): Promise<Customer>;
  customerWrites(customer: Customer, text: string): Promise<void>;
  /** A member clicks Send, without having read anything: Graph hears of the reply alone. */
  reply(customer: Customer, text: string): Promise<MessageRow>;
  messages(customer: Customer): Promise<MessageRow[]>;
  /** What the business has said to this customer, as the desk shows it: `state text`, oldest first. */
  replies(customer: Customer): Promise<string[]>;
  /** A member sends something else than a plain text. */
  send(customer: Customer, parts: object[], replyTo?: string): Promise<MessageRow[]>;
  /** A member attaches a file to a conversation. */
  upload<T = { id: string; media: string; name: string; bytes: number }>(
    customer: Customer,
    file: { name: string; type: string; bytes: Buffer },
  ): Promise<Answered<T>>;
  /** Every message that Graph has accepted for this customer. */
  ledger(customer?: Customer): Promise<LedgerEntry[]>;
  /** Everything else that Graph was told: typing, seen, reactions; by name. */
  signals(customer: Customer): Promise<string[]>;
  close(): Promise<void>;
};

export async function openLiveDesk(): Promise<LiveDesk> {
  const scripts = inject("scripts");
  const desk = await openDesk();
  const emulator = await startEmulatorProcess(scripts.emulator, FACEBOOK_APP);
  const [graph, database, port] = await Promise.all([
    openGraphGate(emulator.url),
    openDatabaseGate(desk.url),
    freePort(),
  ]);
  const running = new Map<Child, string>();
  const url = `http://127.0.0.1:${port}`;
  const webhookUrl = `${url}/webhooks/instagram`;
  let offsetMs = 0;
  let customers = 0;

  async function start(
    options: { worker?: "on" | "off"; port?: number; env?: Record<string, string> } = {},
  ): Promise<Child> {
    const own = options.port ?? port;
    const env = {
      ...settings({ port: own, worker: options.worker ?? "on", databaseUrl: database.url, emulator, graph }),
      ...options.env,
    };
    const child = await startChild(scripts.server, env, '"listening"');
    const forget =
      <T>(end: () => Promise<T>) =>
      () => {
        running.delete(tracked);
        return end();
      };
    const tracked: Child = { ...child, kill: forget(child.kill), stop: forget(child.stop) };
    running.set(tracked, `http://127.0.0.1:${own}`);
    if (own === port) await emulator.post(`/_control/apps/${FACEBOOK_APP.id}/handshake`);
    return tracked;
  }

  async function addShop(person: string, pageName: string): Promise<Shop> {
    const page = await emulator.connect(person, pageName);
    const fixture = await addWorkspace(desk, { ...page, facebookAppId: FACEBOOK_APP.id });
    return { ...fixture, pageId: page.pageId, cookie: await cookieOf(fixture.member) };
  }

  async function cookieOf(member: WorkspaceFixture["member"]): Promise<string> {
    const { rows } = await desk.db.execute<{ since: number }>(sql`
      select (extract(epoch from created_at) * 1000)::bigint as since from member
      where workspace_id = ${member.workspaceId} and id = ${member.id}`);
    const token = { sub: member.id, workspaceId: member.workspaceId, since: rows[0]?.since };
    return `next-auth.session-token=${await encode({ token, secret: AUTH_SECRET })}`;
  }

  async function advance(ms: number): Promise<void> {
    offsetMs += ms;
    await emulator.post("/_control/clock", { offsetMs });
    await setClock(desk.db, offsetMs);
    await Promise.all([...running.values()].map((address) => until("the clock has moved", () => clockMoved(address))));
  }

  async function clockMoved(address: string): Promise<boolean> {
    // Workers look at once for what is due by now. A process that has just started may not listen yet: told again.
    await desk.db.execute(sql`select pg_notify('replydesk', 'test clock jobs deliveries')`);
    const response = await fetch(`${address}/api/inbox/me`, { headers: { cookie: shop.cookie } });
    const { serverNow } = (await response.json()) as { serverNow: number };
    return Math.abs(serverNow - Date.now() - offsetMs) < 1000;
  }

  async function api<T>(method: "GET" | "POST", path: string, body?: object, as = shop): Promise<Answered<T>> {
    const response = await fetch(`${url}/api/inbox${path}`, {
      method,
      redirect: "manual",
      headers: {
        cookie: as.cookie,
        ...(method === "POST" ? { origin: url, "content-type": "application/json" } : {}),
      },
      ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const text = await response.text();
    return { status: response.status, json: (text ? JSON.parse(text) : null) as T };
  }

  async function entries(customer?: Customer): Promise<LedgerEntry[]> {
    const all = (await emulator.get<{ entries: LedgerEntry[] }>("/_control/ledger")).entries;
    return customer ? all.filter((entry) => entry.recipient === customer.igsid) : all;
  }

  async function messages(customer: Customer): Promise<MessageRow[]> {
    const { json } = await api<ThreadPage>("GET", `/conversations/${customer.conversationId}`);
    return json.messages;
  }

  const shop = await addShop("Nora Keller", "Nora Ceramics");
  await emulator.post("/_control/apps", { ...FACEBOOK_APP, webhookUrl });

  return {
    desk,
    emulator,
    graph,
    database,
    shop,
    url,
    webhookUrl,
    start,
    addShop,
    cookieOf,
    advance,
    async passTimeUntil(what, look, stepMs = 5_000) {
      await until(what, async () => {
        if (await look()) return true;
        await advance(stepMs);
        return false;
      });
    },
    api,
    async newCustomer(text = "Hello") {
      customers += 1;
      const made = await emulator.post<{ customer: { id: string } }>("/_play/customers", {
        name: `Customer ${customers}`,
      });
      const said = await emulator.post<{ thread: { igsid: string } }>("/_play/send", {
        customerId: made.customer.id,
        igId: shop.accountId,
        text,
      });
      const conversationId = await until("the first message is shown", async () => {
        const { rows } = await desk.db.execute<{ id: string }>(sql`
          select c.id from conversation c join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
          where c.channel_id = ${shop.channelId} and p.external_id = ${said.thread.igsid}`);
        return rows[0]?.id;
      });
      return { id: made.customer.id, igsid: said.thread.igsid, conversationId };
    },
    async customerWrites(customer, text) {
      await emulator.post("/_play/send", { customerId: customer.id, igId: shop.accountId, text });
      await until("the message is shown", async () => (await messages(customer)).some((row) => row.text === text));
    },
    async reply(customer, text) {
      const path = `/conversations/${customer.conversationId}/messages`;
      const { status, json } = await api<MessageRow>("POST", path, { id: randomUUID(), text, readThrough: 0 });
      if (status !== 201) throw new Error(`The reply was refused: ${JSON.stringify(json)}`);
      return json;
    },
    messages,
    async replies(customer) {
      const rows = await messages(customer);
      return rows.filter((row) => row.direction === "out").map((row) => `${row.state} ${row.text}`);
    },
    async send(customer, parts, replyTo) {
      const path = `/conversations/${customer.conversationId}/messages`;
      const { status, json } = await api<{ messages: MessageRow[] }>("POST", path, {
        id: randomUUID(),
        parts,
        replyTo,
        readThrough: 0,
      });
      if (status !== 201) throw new Error(`It was refused: ${JSON.stringify(json)}`);
      return json.messages;
    },
    async upload<T>(customer: Customer, file: { name: string; type: string; bytes: Buffer }) {
      const query = new URLSearchParams({ conversation: customer.conversationId, name: file.name });
      const response = await fetch(`${url}/api/inbox/uploads?${query}`, {
        method: "POST",
        headers: { cookie: shop.cookie, origin: url, "content-type": file.type },
        body: new Uint8Array(file.bytes),
      });
      return { status: response.status, json: (await response.json()) as T };
    },
    ledger: async (customer) => (await entries(customer)).filter(({ mid }) => mid !== null),
    signals: async (customer) => (await entries(customer)).filter(({ mid }) => mid === null).map(({ kind }) => kind),
    async close() {
      await Promise.all([...running.keys()].map((child) => child.kill()));
      try {
        await emulator.stop();
      } finally {
        await Promise.all([graph.close(), database.close()]);
        await setClock(desk.db, 0);
        await desk.close();
      }
    },
  };
}

function settings(given: {
  port: number;
  worker: "on" | "off";
  databaseUrl: string;
  emulator: EmulatorProcess;
  graph: GraphGate;
}): Record<string, string> {
  return {
    NODE_ENV: "production",
    PORT: String(given.port),
    HOST: "127.0.0.1",
    APP_URL: `http://127.0.0.1:${given.port}`,
    AUTH_SECRET,
    ENCRYPTION_KEY: FIRST_ENCRYPTION_KEY,
    DATABASE_URL: given.databaseUrl,
    FACEBOOK_APP_ID: FACEBOOK_APP.id,
    FACEBOOK_APP_SECRET: FACEBOOK_APP.secret,
    FACEBOOK_WEBHOOK_VERIFY_TOKEN: FACEBOOK_APP.verifyToken,
    FACEBOOK_GRAPH_URL: given.graph.url,
    FACEBOOK_WEB_URL: `${given.emulator.url}/facebook`,
    OUTBOUND_ALLOW_CIDRS: "127.0.0.0/8",
    WORKER: given.worker,
    LOG_LEVEL: "info",
  };
}
