import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkPort } from "./check-port";
import { type Supervised, supervise } from "./supervise";

/** A server that says its process number, finishes a moment after SIGTERM, and ends at once when visited at /crash. */
const SERVER = `
import { createServer } from "node:http";
const server = createServer((request, response) => {
  if (request.url === "/crash") { console.error("the reason of the crash"); process.exit(3); }
  response.end(String(process.pid));
}).listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => { server.closeAllConnections(); server.close(() => { console.log("drained"); process.exit(0); }); });
`;

let directory: string;
let port: string;
let said: string[];
let running: Supervised | null;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "replydesk-supervise-"));
  await writeFile(join(directory, "server.mjs"), SERVER);
  port = String(await freePort());
  said = [];
  running = null;
});

afterEach(async () => {
  await running?.stop();
  await rm(directory, { recursive: true, force: true });
});

test("a process that crashes is started again, and the crash is told with its last words", async () => {
  running = await supervise(options("server.mjs"));
  const before = await pid();
  await fetch(url("/crash")).catch(() => null);
  await expect.poll(pid, { timeout: 20_000 }).toMatch(/^\d+$/);
  expect(await pid()).not.toBe(before);
  expect(said[0]).toContain("The server ended unexpectedly (exit code 3)");
  expect(said[0]).toContain("the reason of the crash");
});

test("a stopped process has finished its work and stays away", async () => {
  running = await supervise(options("server.mjs"));
  await running.stop();
  expect(await readFile(join(directory, "server.log"), "utf8")).toContain("drained");
  expect(await pid()).toBe("away");
  expect(said).toEqual([]);
});

test("restart replaces the process", async () => {
  running = await supervise(options("server.mjs"));
  const before = await pid();
  await running.restart();
  expect(await pid()).toMatch(/^\d+$/);
  expect(await pid()).not.toBe(before);
});

test("a first start that fails is an error with what the process said", async () => {
  await writeFile(join(directory, "broken.mjs"), 'console.error("AUTH_SECRET is missing"); process.exit(1);');
  await expect(supervise(options("broken.mjs"))).rejects.toThrow(
    /did not start \(exit code 1\)[\s\S]*AUTH_SECRET is missing/,
  );
});

test("nothing outlives a supervisor that is killed", async () => {
  const code = `import { supervise } from ${JSON.stringify(resolve("bin/supervise.ts"))};
    await supervise({ ...JSON.parse(process.argv[1]), say: console.log });
    console.log("ready");`;
  const parent = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", code, JSON.stringify(options("server.mjs"))],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(createInterface({ input: parent.stdout }), "line");
  expect(await pid()).toMatch(/^\d+$/);
  parent.kill("SIGKILL");
  await expect.poll(pid, { timeout: 20_000 }).toBe("away");
});

test("a taken port is told in words, with the way out", async () => {
  const taken = createServer().listen(Number(port), "127.0.0.1");
  await once(taken, "listening");
  await expect(checkPort("PORT", port, "127.0.0.1", "npm run demo")).rejects.toThrow(
    `Port ${port} is already used by another program. Choose another: PORT=${Number(port) + 1} npm run demo`,
  );
  taken.close();
  await once(taken, "close");
  await checkPort("PORT", port, "127.0.0.1", "npm run demo");
});

function options(script: string) {
  return {
    name: "The server",
    script: join(directory, script),
    env: { ...process.env, PORT: port },
    readyUrl: url("/"),
    logFile: join(directory, "server.log"),
    say: (line: string) => said.push(line),
  };
}

function url(path: string): string {
  return `http://127.0.0.1:${port}${path}`;
}

async function pid(): Promise<string> {
  return fetch(url("/")).then(
    (response) => response.text(),
    () => "away",
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
