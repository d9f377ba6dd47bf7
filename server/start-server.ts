import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { readMember } from "../lib/auth/read-session";
import { createKeyring } from "../lib/crypto";
import { databaseOf, openPool } from "../lib/db/connection";
import { startEmbeddedPostgres } from "../lib/db/embedded-postgres";
import { migrate } from "../lib/db/migrate";
import { processName } from "../lib/db/process-name";
import type { Env } from "../lib/env";
import { errorMessage, errorStatus, toldError, UNEXPECTED } from "../lib/errors";
import { listBroughtApps } from "../lib/inbox/list-brought-apps";
import { listenForDoorbell, ring } from "../lib/live/doorbell";
import { log } from "../lib/log";
import { processHandles } from "../lib/process-handles";
import { createApiDoor } from "./doors/api-v2";
import { createAttachmentsDoor } from "./doors/attachments";
import { keepBroughtApps } from "./doors/brought-apps";
import { createFacebookDoor } from "./doors/facebook";
import { createHealthDoor } from "./doors/health";
import { createInboxDoor } from "./doors/inbox";
import { createLiveDoor } from "./doors/live";
import { createMetaDoor } from "./doors/meta";
import { createUploadsDoor } from "./doors/uploads";
import { openWaitingRoom } from "./doors/waiting-room";
import { followClock } from "./follow-clock";
import { startWorker } from "./jobs";
import type { Pages } from "./next-pages";
import { ownAddress } from "./own-address";
import { securityHeaders } from "./security-headers";

/** How long requests in flight may take after SIGTERM. */
const DRAIN_MS = 10_000;
const IDLE_LOOK_MS = 50;
/** Our pages wait 20 s for an answer: the words that there is none come before they give up. */
const PATIENCE_MS = 15_000;

export type RunningServer = { port: number; stop(): Promise<void> };

/**
 * One HTTP server on one port: the doors (Meta, live, inbox, health) answer before Next, which may still be getting
 * ready; the worker runs in the same process unless WORKER=off.
 * @param openPages opens what answers everything else
 */
export async function startServer(env: Env, openPages: (server: Server, env: Env) => Pages): Promise<RunningServer> {
  log.level = env.LOG_LEVEL;
  const embedded = env.DATABASE_URL
    ? null
    : await startEmbeddedPostgres({ dataDir: env.DATA_DIR, log: (line) => log.info(line) });
  const databaseUrl = env.DATABASE_URL ?? embedded?.url ?? "";
  const handles = processHandles();
  // Migrations and the worker take the time they need; whoever waits before a browser is told in words that it takes too long.
  const unhurried = openPool(databaseUrl, { applicationName: "replydesk worker" });
  const pool = openPool(databaseUrl, { statementTimeoutMs: PATIENCE_MS });
  handles.pool = pool;
  handles.keyring = createKeyring(env.ENCRYPTION_KEY);
  await migrate(unhurried, join(process.cwd(), "drizzle"));
  const stopListening = listenForDoorbell(databaseUrl, processName(handles.keyring));
  const unfollowClock = await followClock(pool);

  const db = databaseOf(pool);
  const memberOf = (cookie: string | undefined) => readMember(db, cookie);
  const room = openWaitingRoom(databaseUrl, () => ring("deliveries"));
  const metaDoor = createMetaDoor({
    app: { id: env.FACEBOOK_APP_ID, secret: env.FACEBOOK_APP_SECRET, verifyToken: env.FACEBOOK_WEBHOOK_VERIFY_TOKEN },
    brought: keepBroughtApps(() => listBroughtApps(db)),
    room,
  });
  const liveDoor = createLiveDoor(pool, async (member) => {
    const { rows } = await pool.query(
      "select 1 from member where workspace_id = $1 and id = $2 and removed_at is null",
      [member.workspaceId, member.id],
    );
    return rows.length > 0;
  });
  const inboxDoor = createInboxDoor({ pool, appUrl: env.APP_URL, readMember: memberOf });
  const facebookDoor = createFacebookDoor({ pool, appUrl: env.APP_URL });
  const uploadsDoor = createUploadsDoor({ pool, appUrl: env.APP_URL, readMember: memberOf });
  const apiDoor = createApiDoor({ pool, keyring: handles.keyring, appUrl: env.APP_URL });
  const attachmentsDoor = createAttachmentsDoor({ pool });
  let ready = false;
  const healthDoor = createHealthDoor({ pool, isReady: () => ready, metricsToken: env.METRICS_TOKEN });
  const secure = securityHeaders({
    origins: [...new Set([env.FACEBOOK_GRAPH_URL, env.FACEBOOK_WEB_URL].map((url) => new URL(url).origin))],
    development: env.NODE_ENV === "development",
    facebook: { sdkUrl: env.FACEBOOK_SDK_URL, webUrl: env.FACEBOOK_WEB_URL },
    appUrl: env.APP_URL,
  });

  const { origin } = new URL(env.APP_URL);
  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      log.error({ reason: errorMessage(error) }, "a request failed");
      const told = toldError(error);
      if (!response.headersSent) response.writeHead(errorStatus(told), { "content-type": "text/plain; charset=utf-8" });
      response.end((told ?? UNEXPECTED).message);
    });
  });
  const moved = ownAddress(env.APP_URL);
  const pages = openPages(server, env);
  const becomesReady = pages.ready.then(() => {
    ready = true;
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    if (!path.startsWith("/")) {
      response.writeHead(400).end();
      return;
    }
    // Not against a base: "//" and what follows would be taken for a host.
    const url = new URL(`${origin}${path}`);
    if (url.pathname.startsWith("/webhooks/instagram")) return metaDoor(request, response, url);
    if (url.pathname.startsWith("/facebook/") && !isStatusPage(request, url))
      return facebookDoor(request, response, url);
    if (url.pathname === "/api/live") return serveLive(request, response, url);
    if (url.pathname === "/api/inbox/uploads") return uploadsDoor(request, response, url);
    if (/^(\/sc)?\/v2\//.test(url.pathname)) return apiDoor(request, response, url);
    if (url.pathname.startsWith("/attachments/")) return attachmentsDoor(request, response, url);
    if (url.pathname.startsWith("/api/inbox/")) return inboxDoor(request, response, url);
    if (["/healthz", "/readyz", "/metrics"].includes(url.pathname)) return healthDoor(request, response, url);
    const elsewhere = moved(request, url);
    if (elsewhere) {
      response.writeHead(307, { location: elsewhere, "cache-control": "no-store" }).end();
      return;
    }
    await becomesReady;
    secure(request, response);
    await pages.answer(request, response);
  }

  async function serveLive(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const member = await memberOf(request.headers.cookie);
    if (member) return liveDoor.serve(request, response, url, member);
    response.writeHead(401, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { code: "unauthenticated", message: "You are signed out. Sign in again." } }));
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.PORT, env.HOST, resolve);
  });
  const worker = env.WORKER === "on" ? startWorker(unhurried, handles.keyring) : null;
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : env.PORT;
  log.info({ port, worker: env.WORKER }, "listening");
  await becomesReady;

  return {
    port,
    async stop() {
      log.info("stopping: streams first, then requests in flight, then the worker");
      liveDoor.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Kept-alive connections that were busy a moment ago become idle one by one.
      const idle = setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS);
      const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearInterval(idle);
      clearTimeout(deadline);
      await worker?.stop();
      await room.close();
      unfollowClock();
      await stopListening();
      await pages.close();
      await Promise.all([pool.end(), unhurried.end()]);
      await embedded?.stop();
      log.info("stopped");
    },
  };
}

/** Where a person reads what became of their request; everything else under `/facebook/` is between Facebook and the desk. */
function isStatusPage(request: IncomingMessage, url: URL): boolean {
  return request.method !== "POST" && /^\/facebook\/data-deletion\/[^/]+$/.test(url.pathname);
}
