import { execFile, spawn } from "node:child_process";
import { chown, open, readdir, readFile, readlink, rename, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { AppError } from "@/lib/errors";
import type { Binaries } from "./embedded-postgres-binaries";
import { hasCode, makePrivate, type Place, prepareSocketDir, unlessMissing } from "./embedded-postgres-place";

export const SUPERUSER = "replydesk";

/** What a running PostgreSQL writes about itself into its directory. */
export type Postmaster = { pid: number; socketDir: string; ready: boolean };

/** Ours to decide on every start; `initdb`'s own defaults stand for the rest. */
const SETTINGS = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  max_connections: "100",
  shared_buffers: "128MB",
  max_wal_size: "1GB",
  io_method: "sync",
  jit: "off",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  // Solid state disks everywhere: an index probe costs little more than a page in a row.
  random_page_cost: "1.1",
  // Conversations are written with every message; swept once a minute only, their indexes swell in between.
  autovacuum_naptime: "10s",
  timezone: "UTC",
  log_timezone: "UTC",
  // A failing statement or the key it hit may hold what a customer wrote, and the log is not a place for that.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

const POLL_MS = 5;
const FAST_SHUTDOWN_MS = 30_000;
const LARGEST_LOG_BYTES = 4 * 1024 * 1024;

export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await unlessMissing(readFile(join(cluster, "postmaster.pid"), "utf8"));
  if (text === null) return null;
  const lines = text.split("\n");
  return { pid: Number(lines[0]), socketDir: lines[4] ?? "", ready: lines[7]?.trim() === "ready" };
}

/** Whether the process is the PostgreSQL of this directory, and not a stranger who was given its old number. */
export async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    if (process.platform === "linux") return (await readlink(`/proc/${pid}/cwd`)) === cluster;
    const { stdout } = await promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]);
    return stdout.includes(cluster);
  } catch (error) {
    if (process.platform !== "linux" || ["ENOENT", "ESRCH", "EACCES"].some((code) => hasCode(error, code)))
      return false;
    throw error;
  }
}

/**
 * Removes what a server that was killed left behind. PostgreSQL would take any process that was meanwhile given the number
 * in these files for their owner, and refuse to start; what guards the data is its lock on shared memory.
 */
export async function removeStale({ pid, socketDir }: Postmaster, cluster: string): Promise<void> {
  if ((await readPostmaster(cluster))?.pid !== pid) return;
  await rm(join(cluster, "postmaster.pid"), { force: true });
  if (!socketDir) return;
  await rm(join(socketDir, ".s.PGSQL.5432.lock"), { force: true });
  await rm(join(socketDir, ".s.PGSQL.5432"), { force: true });
}

/** Makes the database's files on the first start; afterwards only checks that this PostgreSQL can read them. */
export async function initCluster(place: Place, binaries: Binaries): Promise<void> {
  const found = await clusterVersion(place);
  if (found === null) return createCluster(place, binaries);
  if (found !== binaries.major) {
    throw new AppError(
      "configuration",
      `The database files in ${place.cluster} were made by PostgreSQL ${found}, and this Replydesk brings PostgreSQL ${binaries.major}, which cannot read them. Start the Replydesk that made them, take a backup with "npm run admin -- backup", and restore it here into an empty DATA_DIR.`,
    );
  }
}

async function clusterVersion({ cluster }: Place): Promise<number | null> {
  const text = await unlessMissing(readFile(join(cluster, "PG_VERSION"), "utf8"));
  return text === null ? null : Number.parseInt(text, 10);
}

/** Made beside its final name and moved there whole, so that a start cut off half-way leaves no half database. */
async function createCluster(place: Place, binaries: Binaries): Promise<void> {
  const unfinished = join(place.base, `data.${process.pid}`);
  await rm(unfinished, { recursive: true, force: true });
  await makePrivate(unfinished, place.account);
  const options = ["--username", SUPERUSER, "--auth=trust", "--encoding=UTF8"];
  // Byte order as in locale C, upper and lower case as in Unicode: the same on every machine, whatever its locales.
  const locale = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  try {
    await promisify(execFile)(binaries.initdb, ["-D", unfinished, ...options, ...locale], processOptions(place));
    await rename(unfinished, place.cluster);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if ((await clusterVersion(place)) !== null) return;
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new AppError(
      "configuration",
      `The database could not be created in ${place.base}: ${said || String(error)}. Mend that, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** Removes what starts that were cut off have left; only the holder of the single-instance lock may. */
export async function removeUnfinished({ base }: Place): Promise<void> {
  for (const name of await readdir(base)) {
    if (/^data\.\d+$/.test(name)) await rm(join(base, name), { recursive: true, force: true });
  }
}

/**
 * Starts PostgreSQL in a session of its own, where the terminal's Ctrl-C does not reach it, and waits until it answers.
 * Null when the directory is taken just now: another start was quicker, or processes of a killed server are still ending.
 */
export async function spawnPostgres(place: Place, binaries: Binaries): Promise<Postmaster | null> {
  const socketDir = await prepareSocketDir(place);
  const settings = { ...SETTINGS, unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"` };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = join(place.base, "postgres.log");
  const output = await openLog(log, place);
  const ended: { reason: string | null } = { reason: null };
  try {
    const logged = await stat(log).then(({ size }) => size);
    const child = spawn(binaries.postgres, ["-D", place.cluster, ...flags], {
      ...processOptions(place),
      detached: true,
      stdio: ["ignore", output.fd, output.fd],
    });
    child.once("error", (error) => {
      ended.reason = error.message;
    });
    child.once("exit", () => {
      ended.reason ??= "";
    });
    child.unref();
    while (ended.reason === null) {
      const running = await readPostmaster(place.cluster);
      if (running?.ready && running.pid === child.pid) return running;
      await wait(POLL_MS);
    }
    const said = ended.reason || (await readFile(log)).subarray(logged).toString("utf8").trim();
    if (said.includes('lock file "postmaster.pid" already exists') || said.includes("is still in use")) return null;
    throw new AppError(
      "configuration",
      `The database in ${place.base} did not start. PostgreSQL said: ${said}\nMend that, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  } finally {
    await output.close();
  }
}

/** Ends open connections, writes everything down and waits until PostgreSQL has left its directory. */
export async function stopPostgres(pid: number, cluster: string, log: (line: string) => void): Promise<void> {
  const isRunning = async () => (await readPostmaster(cluster))?.pid === pid && (await isPostmaster(pid, cluster));
  let patience = Date.now() + FAST_SHUTDOWN_MS;
  let signal: NodeJS.Signals | null = "SIGINT";
  while (await isRunning()) {
    if (signal) sendSignal(pid, signal);
    signal = null;
    await wait(POLL_MS);
    if (Date.now() < patience) continue;
    log("The database is slow to finish its work, so it is stopped at once; it repairs itself at the next start.");
    signal = "SIGQUIT";
    patience = Number.POSITIVE_INFINITY;
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!hasCode(error, "ESRCH")) throw error;
  }
}

async function openLog(path: string, { account }: Place) {
  const size = (await unlessMissing(stat(path)))?.size ?? 0;
  if (size > LARGEST_LOG_BYTES) await truncate(path);
  const file = await open(path, "a", 0o600);
  if (account) await chown(path, account.uid, account.gid);
  return file;
}

/** Nothing of our environment is handed on: it holds secrets, and PG… variables would change what the programs do. */
function processOptions({ base, account }: Place) {
  return { cwd: base, env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: "C" }, ...account };
}
