import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { AppError, errorMessage } from "@/lib/errors";
import { type Binaries, prepareBinaries } from "./embedded-postgres-binaries";
import { findPlace, hasCode, type Place, preparePlace } from "./embedded-postgres-place";
import {
  initCluster,
  isPostmaster,
  type Postmaster,
  readPostmaster,
  removeStale,
  removeUnfinished,
  SUPERUSER,
  spawnPostgres,
  stopPostgres,
} from "./embedded-postgres-server";

/** `url` serves every `pg` client on this machine, child processes too. `adopted`: it was already running, left by a start that was killed. */
export type EmbeddedPostgres = { url: string; adopted: boolean; stop(): Promise<void> };

type Log = (line: string) => void;

/** The server with the session that holds the single-instance lock; it ends with us, however we end. */
type Held = Postmaster & { adopted: boolean; lock: pg.Client };

const DATABASE = "replydesk";
const LOCK_KEY = "7309453671525876580";
/** A killed owner's session is over within milliseconds; who waits longer waits for one that lives. */
const LOCK_PATIENCE_MS = 1_000;
const POLL_MS = 10;
const STARTING_DEADLINE_MS = 120_000;
const RECOVERY_DEADLINE_MS = 60_000;

/**
 * Starts the PostgreSQL whose files live for `dataDir`, or adopts it when it already runs and nobody owns it.
 * Throws AppError `data_dir_in_use` when another Replydesk uses it (which is left alone), `configuration` when it cannot start;
 * both messages say what to do.
 */
export async function startEmbeddedPostgres(options: { dataDir: string; log?: Log }): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const place = await preparePlace(options.dataDir);
  const binaries = await prepareBinaries(place);
  await initCluster(place, binaries);
  let held = await hold(place, binaries);
  let stopping = false;

  const watch = () => {
    held.lock.once("end", () => {
      if (!stopping) recovery = recover();
    });
  };
  const recover = async () => {
    log("The connection to the embedded database was lost; restoring it.");
    const deadline = Date.now() + RECOVERY_DEADLINE_MS;
    while (!stopping) {
      try {
        held = await hold(place, binaries);
        watch();
        log("The embedded database is back.");
        return;
      } catch (error) {
        if (Date.now() > deadline) {
          log(`The embedded database could not be restored: ${errorMessage(error)}`);
          return;
        }
        await wait(500);
      }
    }
  };
  let recovery = Promise.resolve();

  try {
    await removeUnfinished(place);
    await createDatabase(held);
  } catch (error) {
    await stopPostgres(held.pid, place.cluster, log);
    throw error;
  }
  watch();
  return {
    url: urlOf(held),
    adopted: held.adopted,
    stop: async () => {
      stopping = true;
      await recovery;
      await stopPostgres(held.pid, place.cluster, log);
      await held.lock.end();
    },
  };
}

/** The address of the embedded database that runs for `dataDir` beside us, or null when none runs. Takes no lock. */
export async function findEmbeddedPostgres(dataDir: string): Promise<string | null> {
  try {
    const place = await findPlace(dataDir);
    const running = place && (await readPostmaster(place.cluster));
    if (!running?.ready) return null;
    const client = await connect(running);
    await client?.end();
    return client ? urlOf(running) : null;
  } catch (error) {
    if (!hasCode(error, "EACCES")) throw error;
    throw new AppError(
      "configuration",
      `The database files of ${dataDir} belong to another user. Run this as the user who started Replydesk, or as root.`,
    );
  }
}

async function hold(place: Place, binaries: Binaries): Promise<Held> {
  const deadline = Date.now() + STARTING_DEADLINE_MS;
  while (Date.now() < deadline) {
    const running = await readPostmaster(place.cluster);
    const server = running ?? (await spawnPostgres(place, binaries));
    const lock = server?.ready ? await connect(server) : null;
    if (server && lock && (await takeLock(lock, place.dataDir))) {
      return { ...server, adopted: running !== null, lock };
    }
    if (running && !(await isPostmaster(running.pid, place.cluster))) await removeStale(running, place.cluster);
    else await wait(POLL_MS);
  }
  throw new AppError(
    "configuration",
    `The database in ${place.base} does not answer. Its log is ${join(place.base, "postgres.log")}.`,
  );
}

/** Null while the server is not there, is still starting or already stopping. */
async function connect(server: Postmaster): Promise<pg.Client | null> {
  const client = new pg.Client({
    host: server.socketDir,
    user: SUPERUSER,
    // The lock lives outside the database it guards, so that a restore can replace that database.
    database: "postgres",
    application_name: `replydesk, process ${process.pid}`,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    const CANNOT_CONNECT_NOW = "57P03";
    if (["ENOENT", "ECONNREFUSED", "ECONNRESET", CANNOT_CONNECT_NOW].some((code) => hasCode(error, code))) return null;
    throw error;
  }
}

/** False when the server went away meanwhile. */
async function takeLock(client: pg.Client, dataDir: string): Promise<boolean> {
  try {
    await client.query(`set lock_timeout = ${LOCK_PATIENCE_MS}`);
    await client.query(`select pg_advisory_lock(${LOCK_KEY})`);
    return true;
  } catch (error) {
    const LOCK_NOT_AVAILABLE = "55P03";
    if (!hasCode(error, LOCK_NOT_AVAILABLE)) return false;
    const owner = await client.query<{ application_name: string }>(
      `select application_name from pg_locks join pg_stat_activity using (pid)
        where locktype = 'advisory' and granted and (classid::bigint << 32 | objid::bigint) = ${LOCK_KEY}`,
    );
    await client.end();
    const name = owner.rows[0]?.application_name.replace("replydesk, ", "") ?? "unknown process";
    throw new AppError(
      "data_dir_in_use",
      `Another Replydesk (${name}) already uses ${dataDir}. Stop it first, or give this one a directory of its own: DATA_DIR=/another/directory`,
    );
  }
}

async function createDatabase({ lock }: Held): Promise<void> {
  const found = await lock.query("select from pg_database where datname = $1", [DATABASE]);
  if (found.rowCount === 0) await lock.query(`create database ${DATABASE}`);
}

function urlOf({ socketDir }: Postmaster): string {
  return `postgresql://${SUPERUSER}@localhost/${DATABASE}?host=${encodeURIComponent(socketDir)}`;
}
