import { type ChildProcess, spawn } from "node:child_process";
import { request } from "node:http";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { AUTH_SECRET, ENCRYPTION_KEY } from "./database";
import { APP_ID, APP_SECRET } from "./deliveries";
import { endProcess } from "./part";
import { monotonicMs } from "./timing";

export type RunningServer = {
  pid: number;
  port: number;
  path: string;
  spawnedAt: number;
  untilReady(): Promise<void>;
  stop(): Promise<void>;
};

const READY_DEADLINE_MS = 60_000;

/** `env`: settings beside the usual ones. */
export type ProductOptions = { worker: "on" | "off"; graphUrl?: string; env?: Record<string, string> } & (
  | { databaseUrl: string }
  | { dataDir: string }
);

/** The product as it runs in production: the built server with the pages beside it. Not yet ready when this returns. */
export async function spawnProduct(options: ProductOptions): Promise<RunningServer> {
  const port = await freePort();
  return launch(
    "dist/server.js",
    port,
    { path: "/webhooks/instagram", ready: "/readyz" },
    {
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      APP_URL: `http://localhost:${port}`,
      AUTH_SECRET,
      ENCRYPTION_KEY,
      FACEBOOK_APP_ID: APP_ID,
      FACEBOOK_APP_SECRET: APP_SECRET,
      FACEBOOK_WEBHOOK_VERIFY_TOKEN: "verify-token-of-the-bench",
      FACEBOOK_GRAPH_URL: options.graphUrl ?? "http://127.0.0.1:9",
      LOG_LEVEL: "error",
      WORKER: options.worker,
      ...("databaseUrl" in options
        ? { DATABASE_URL: options.databaseUrl }
        : { DATABASE_URL: "", DATA_DIR: options.dataDir }),
      ...options.env,
    },
  );
}

/** The product, ready with its pages, so that their start disturbs no measure. */
export async function startProduct(options: ProductOptions): Promise<RunningServer> {
  const product = await spawnProduct(options);
  await product.untilReady();
  return product;
}

/** @returns when the floor listens */
export async function startFloor(databaseUrl: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const floor = await spawnFloor(databaseUrl, env);
  await floor.untilReady();
  return floor;
}

export async function spawnFloor(databaseUrl: string, env: Record<string, string> = {}): Promise<RunningServer> {
  return launch(
    "dist/bench/floor-process.js",
    await freePort(),
    { path: "/", ready: "/ready" },
    {
      NODE_ENV: "production",
      FLOOR_SECRET: APP_SECRET,
      FLOOR_DATABASE_URL: databaseUrl,
      ...env,
    },
  );
}

function launch(
  script: string,
  port: number,
  { path, ready }: { path: string; ready: string },
  env: NodeJS.ProcessEnv,
): RunningServer {
  const spawnedAt = monotonicMs();
  const child: ChildProcess = spawn(process.execPath, [script], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NEXT_TELEMETRY_DISABLED: "1", ...env, PORT: String(port) },
  });
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  child.once("exit", () => process.off("exit", killWithUs));
  return {
    pid: child.pid ?? 0,
    port,
    path,
    spawnedAt,
    untilReady: () => untilAnswers(port, ready),
    stop: () => endProcess(child),
  };
}

async function untilAnswers(port: number, path: string): Promise<void> {
  const deadline = Date.now() + READY_DEADLINE_MS;
  while (Date.now() < deadline) {
    if ((await statusOf(port, path)) === 200) return;
    await wait(20);
  }
  throw new Error(`The server on port ${port} did not become ready in ${READY_DEADLINE_MS / 1000} s.`);
}

function statusOf(port: number, path: string): Promise<number | null> {
  return new Promise((resolve) => {
    request({ port, host: "127.0.0.1", path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    })
      .once("error", () => resolve(null))
      .end();
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
