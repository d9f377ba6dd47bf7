import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, lstat, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmbeddedPostgres, findEmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres";

const isRoot = process.getuid?.() === 0;

type Owner = { process: ChildProcess; said: { url: string; adopted: boolean; code?: string; message?: string } };

let root: string;
let dataDir: string;
let cleanups: (() => Promise<unknown>)[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "replydesk-test-"));
  await chmod(root, 0o755);
  dataDir = join(root, "data");
  cleanups = [];
});

afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
  await rm(root, { recursive: true, force: true });
});

test("rows are still there after stop and start", async () => {
  const first = await start();
  expect(first.adopted).toBe(false);
  await query(first.url, "create table kept (text text); insert into kept values ('Grüße 👋')");
  await first.stop();
  await expect(query(first.url, "select 1")).rejects.toThrow();

  const second = await start();
  expect(second).toMatchObject({ adopted: false, url: first.url });
  expect(await query(second.url, "select text from kept")).toEqual([{ text: "Grüße 👋" }]);
});

test("the database is durable, closed to the network, and orders text alike on every machine", async () => {
  const { url } = await start();
  const [settings] = await query(
    url,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
            current_setting('listen_addresses') as addresses, current_setting('server_encoding') as encoding,
            'É' ilike 'é' as folds, 'Z' < 'a' as bytewise`,
  );
  expect(settings).toEqual({
    fsync: "on",
    synchronous_commit: "on",
    addresses: "",
    encoding: "UTF8",
    folds: true,
    bytewise: true,
  });
  const socketDir = new URL(url).searchParams.get("host") ?? "";
  expect((await stat(socketDir)).mode & 0o777).toBe(0o700);
});

test("a second instance is refused in words and leaves the first one's database running", async () => {
  const { url } = await start();
  await query(url, "create table kept (n int)");
  const second = await own(dataDir);
  expect(second.said.code).toBe("data_dir_in_use");
  expect(second.said.message).toContain(`(process ${process.pid}) already uses ${await realpath(dataDir)}`);
  expect(second.said.message).toContain("DATA_DIR=");
  expect(await query(url, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
});

test("two first starts at the same moment: one gets the database, the other is refused", async () => {
  const said = (await Promise.all([own(dataDir), own(dataDir)])).map((owner) => owner.said.code ?? "started");
  expect(said.sort()).toEqual(["data_dir_in_use", "started"]);
});

test("after kill -9 of its owner the running database is adopted, and then stopped with us", async () => {
  const killed = await own(dataDir);
  await query(killed.said.url, "create table kept as select 7 as n");
  await kill(killed);

  const next = await start();
  expect(next.adopted).toBe(true);
  expect(await query(next.url, "select n from kept")).toEqual([{ n: 7 }]);
  await next.stop();
  expect(await findEmbeddedPostgres(dataDir)).toBeNull();
});

test("after kill -9 of owner and database it starts again over what they left behind", async () => {
  const killed = await own(dataDir);
  await query(killed.said.url, "create table kept as select 7 as n");
  const pidFile = join(await realpath(join(dataDir, "postgres")), "data", "postmaster.pid");
  const [pid, ...rest] = (await readFile(pidFile, "utf8")).split("\n");
  await kill(killed);
  process.kill(Number(pid), "SIGKILL");
  await expect.poll(() => findEmbeddedPostgres(dataDir)).toBeNull();
  // The machine came up again and gave the number to a stranger that lives.
  await writeFile(pidFile, [process.pid, ...rest].join("\n"));

  const next = await start();
  expect(next.adopted).toBe(false);
  expect(await query(next.url, "select n from kept")).toEqual([{ n: 7 }]);
});

test("a database whose server is killed under us comes back at the same address", async () => {
  const { url } = await start();
  await query(url, "create table kept as select 7 as n");
  const pidFile = join(await realpath(join(dataDir, "postgres")), "data", "postmaster.pid");
  process.kill(Number.parseInt(await readFile(pidFile, "utf8"), 10), "SIGKILL");
  await expect
    .poll(() => query(url, "select n from kept").catch(() => "away"), { timeout: 20_000 })
    .toEqual([{ n: 7 }]);
});

test("the operator's tool finds the running database beside its owner", async () => {
  expect(await findEmbeddedPostgres(dataDir)).toBeNull();
  const { url, stop } = await start();
  expect(await findEmbeddedPostgres(dataDir)).toBe(url);
  await stop();
  expect(await findEmbeddedPostgres(dataDir)).toBeNull();
});

test("files of another PostgreSQL version are refused in words", async () => {
  const { stop } = await start();
  await stop();
  await writeFile(join(await realpath(join(dataDir, "postgres")), "data", "PG_VERSION"), "16\n");
  await expect(start()).rejects.toThrow(/made by PostgreSQL 16, and this Replydesk brings PostgreSQL \d+.*backup/);
});

test("a path too long for a socket, with spaces and quotes in it, works", async () => {
  dataDir = join(root, `a "long" name, with 'quotes' %20 ${"x".repeat(80)}`, "data");
  const { url } = await start();
  const socketDir = new URL(url).searchParams.get("host") ?? "";
  cleanups.unshift(() => rm(socketDir, { recursive: true, force: true }));
  expect(await query(url, "select 1 as n")).toEqual([{ n: 1 }]);
});

test("a directory closed to others works, and keeps its rows when it is moved", async () => {
  const closed = join(root, "closed");
  await mkdir(closed, { mode: 0o700 });
  dataDir = join(closed, "data");
  const first = await start();
  await query(first.url, "create table kept as select 7 as n");
  await first.stop();
  const place = await lstat(join(dataDir, "postgres"));
  expect(place.isSymbolicLink()).toBe(isRoot);
  const outside = await realpath(join(dataDir, "postgres"));
  cleanups.push(() => rm(outside, { recursive: true, force: true }));

  await chmod(closed, 0o755);
  const second = await start();
  expect(await query(second.url, "select n from kept")).toEqual([{ n: 7 }]);
});

test("an ordinary user's database, started by root as well, stays that user's", async () => {
  await mkdir(dataDir);
  if (isRoot) await chmod(dataDir, 0o777);
  const user = await own(dataDir, isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []);
  expect(user.said.message).toBeUndefined();
  await query(user.said.url, "create table kept as select 7 as n");
  user.process.stdin?.write("stop\n");
  await once(user.process, "exit");

  const { uid } = await stat(join(dataDir, "postgres", "data"));
  const { url } = await start();
  expect(await query(url, "select n from kept")).toEqual([{ n: 7 }]);
  expect((await stat(join(dataDir, "postgres", "data"))).uid).toBe(uid);
});

async function start(): Promise<EmbeddedPostgres> {
  const started = await startEmbeddedPostgres({ dataDir });
  cleanups.push(() => started.stop());
  return started;
}

async function own(directory: string, prefix: string[] = []): Promise<Owner> {
  const [program = "", ...args] = [
    ...prefix,
    process.execPath,
    "--import",
    "tsx",
    resolve("test/embedded-postgres-owner.ts"),
    directory,
  ];
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await once(lines, "line");
  cleanups.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  });
  return { process: child, said: JSON.parse(line) };
}

async function kill({ process: child }: Owner): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
