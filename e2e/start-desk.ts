import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { refuseStoryFetches } from "./story-fetches";

export type RunningDesk = {
  /** Where members go, e.g. http://localhost:41234 */
  url: string;
  /** The emulator, e.g. http://127.0.0.1:41235 */
  emulatorUrl: string;
  /** The site of an integrator, where that was started too. */
  siteUrl: string;
  /** The one-time address that makes its visitor the owner; null once there is one. */
  setupLink: string | null;
  dataDir: string;
  /** Ends the app's process as a crash would. It is started again by itself; the promise ends when it is gone. */
  killApp(): Promise<void>;
  /** Until the app answers. */
  untilReady(): Promise<void>;
  /** Stops everything in order and starts it again on the same data and ports. @throws as `stop` */
  restart(): Promise<void>;
  /** Stops everything and removes its data. @throws when a server has asked for the media of a story */
  stop(): Promise<void>;
};

/**
 * Starts what `npm run demo` starts, with data and ports of its own.
 * @param env settings on top of the demo's
 * @param script what starts it, when it is more than the demo
 */
export async function startDesk(env: Record<string, string> = {}, script = "bin/demo.ts"): Promise<RunningDesk> {
  const dataDir = await mkdtemp(join(tmpdir(), "replydesk-e2e-"));
  // As root the database runs as another user, who has to reach its files.
  await chmod(dataDir, 0o755);
  const [port, emulatorPort, sitePort] = await freePorts();
  const settings = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    TMPDIR: process.env.TMPDIR,
    DATA_DIR: dataDir,
    PORT: port,
    EMULATOR_PORT: emulatorPort,
    SITE_PORT: sitePort,
    ...env,
  };
  const removeData = () => rm(dataDir, { recursive: true, force: true });
  let demo = await launch(settings, script).catch(async (error) => {
    await removeData();
    throw error;
  });
  const emulatorUrl = `http://127.0.0.1:${emulatorPort}`;
  const desk: RunningDesk = {
    url: `http://localhost:${port}`,
    emulatorUrl,
    siteUrl: `http://localhost:${sitePort}`,
    setupLink: demo.setupLink,
    dataDir,
    killApp: () => killApp(demo.child),
    untilReady: () => untilReady(`http://localhost:${port}/readyz`),
    restart: async () => {
      await refuseStoryFetches(emulatorUrl);
      await end(demo.child);
      demo = await launch(settings, script);
      desk.setupLink = demo.setupLink;
    },
    stop: async () => {
      const fetches = await refuseStoryFetches(emulatorUrl).then(
        () => null,
        (error: unknown) => error,
      );
      await end(demo.child);
      await removeData();
      if (fetches !== null) throw fetches;
    },
  };
  return desk;
}

type Demo = { child: ChildProcess; setupLink: string | null };

async function launch(env: Record<string, string | undefined>, script: string): Promise<Demo> {
  // The channel to us closes when the test run is gone, however it went; the desk then stops as on Ctrl-C.
  const child = spawn(process.execPath, ["--import", "tsx", "--import", "./bin/end-with-parent.mjs", script], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...env, NODE_ENV: "production" },
  });
  const said: string[] = [];
  child.stderr?.on("data", (chunk) => said.push(String(chunk)));
  if (!child.stdout) throw new Error("The desk has no output to read.");
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (!line.includes("Ctrl-C stops it")) continue;
    child.stdout.resume();
    return { child, setupLink: /http:\S+\/setup\?\S+/.exec(said.join("\n"))?.[0] ?? null };
  }
  throw new Error(`The desk did not start:\n${said.join("\n")}`);
}

async function killApp({ pid }: ChildProcess): Promise<void> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  const lines = stdout.split("\n").map((line) => line.trim().split(/\s+/));
  const app = lines.find(
    ([, parent, ...args]) => Number(parent) === pid && args.some((arg) => arg.endsWith("/server.js")),
  );
  if (!app) throw new Error("The app's process is not there.");
  process.kill(Number(app[0]), "SIGKILL");
  await poll("the app to be gone", () => !isAlive(Number(app[0])));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function untilReady(url: string): Promise<void> {
  await poll("the app to answer", () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
}

async function poll(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await wait(20);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

/** All are held until all are known, so that they differ. */
async function freePorts(): Promise<[string, string, string]> {
  const servers = [createServer(), createServer(), createServer()] as const;
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      return String(address !== null && typeof address === "object" ? address.port : "");
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return [ports[0] ?? "", ports[1] ?? "", ports[2] ?? ""];
}
