import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { openPool } from "@/lib/db/connection";
import { readEnv } from "@/lib/env";
import { processHandles } from "@/lib/process-handles";
import { createApiDoor } from "@/server/doors/api-v2";
import { createInboxDoor } from "@/server/doors/inbox";
import { startServer } from "@/server/start-server";
import { type DeskFixture, openDesk } from "./desk-fixture";
import { holdConversation } from "./hold-conversation";
import { useSettings } from "./settings";
import { type Furnished, furnishWorkspace } from "./two-workspaces";
import { until } from "./until";

/** A statement that takes too long, or waits too long for somebody's lock, must not keep a person or a connection. */
const URL_OF_DESK = "http://127.0.0.1";
let desk: DeskFixture;
let we: Furnished;

beforeAll(async () => {
  useSettings();
  desk = await openDesk();
  we = await furnishWorkspace(desk, "17841500000000001");
});
afterAll(() => desk?.close());

test("who waits too long is told in words to try again, and the connection is free again", async () => {
  const pool = openPool(desk.url, { max: 1, statementTimeoutMs: 100 });
  const member = { ...we.member, pictureUrl: null };
  const door = createInboxDoor({ pool, appUrl: URL_OF_DESK, readMember: async () => member });
  const server = createServer((request, response) =>
    door(request, response, new URL(`${URL_OF_DESK}${request.url ?? "/"}`)),
  );
  const port = await listen(server);
  const markRead = () =>
    fetch(`http://127.0.0.1:${port}/api/inbox/conversations/${we.ids.conversationId}/read`, {
      method: "POST",
      headers: { origin: URL_OF_DESK, "content-type": "application/json" },
      body: JSON.stringify({ through: 99 }),
    });
  const held = await holdConversation(desk.url, we.ids.conversationId, { worker: false });
  const refused = await markRead();
  expect(refused.status).toBe(503);
  expect(await refused.json()).toEqual({
    error: { code: "overloaded", message: expect.stringMatching(/busy.*Try again in a moment/) },
  });
  await held.release();
  expect((await markRead()).status).toBe(204);
  server.close();
  await pool.end();
});

test("programs too are told to come back: when it takes too long, and when the database is not there", async () => {
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openDesk comes first");
  const named = { workspaceId: we.workspaceId, name: "Test", people: true, createdBy: null };
  const { id, secret } = await createApiKey(desk.db, keyring, { ...named, scope: "app" });
  const slow = openPool(desk.url, { max: 1, statementTimeoutMs: 100 });
  const absent = openPool("postgresql://nobody@127.0.0.1:1/desk");
  const held = await holdConversation(desk.url, we.ids.conversationId, { worker: false });
  for (const [pool, words] of [
    [slow, /busy.*Try again/],
    [absent, /cannot reach its database.*Try again/],
  ] as const) {
    const door = createApiDoor({ pool, keyring, appUrl: URL_OF_DESK });
    const server = createServer(
      (request, response) => void door(request, response, new URL(request.url ?? "", "http://x")),
    );
    const api = `http://127.0.0.1:${await listen(server)}/v2/apps/${publicId(we.workspaceId)}`;
    const refused = await fetch(`${api}/conversations/${publicId(we.ids.conversationId)}`, {
      method: "PATCH",
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ displayName: "Order 7" }),
    });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const { errors } = (await refused.json()) as { errors: object[] };
    expect(errors).toEqual([{ code: "service_unavailable", title: expect.stringMatching(words) }]);
    server.close();
    await pool.end();
  }
  await held.release();
});

test("the running desk has a limit for what people ask, and none for its own work", async () => {
  const { pool: fixturePool } = processHandles();
  useSettings({ DATABASE_URL: desk.url, APP_URL: URL_OF_DESK, HOST: "127.0.0.1", PORT: "0", WORKER: "on" });
  const { env, problems } = readEnv();
  if (!env) throw new Error(problems.join());
  const server = await startServer(env, () => ({
    ready: Promise.resolve(),
    answer: async () => undefined,
    close: async () => undefined,
  }));
  const shared = await processHandles().pool?.query("show statement_timeout");
  expect(shared?.rows).toEqual([{ statement_timeout: "15s" }]);
  await until("the worker looks for work", async () => {
    const { rows } = await desk.pool.query(
      "select 1 from pg_stat_activity where application_name = 'replydesk worker'",
    );
    return rows.length > 0;
  });
  await server.stop();
  processHandles().pool = fixturePool;
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}
