import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { databaseOf, openPool } from "../db/connection";
import { enqueue } from "./enqueue";

const FIXTURE = fileURLToPath(new URL("worker-process.fixture.ts", import.meta.url));

type Run = { key: string; n: number; event: "start" | "failed" | "end" | "dead"; pid: number };

let database: TestDatabase;
let pool: pg.Pool;
let workers: ChildProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url, { max: 4 });
  await pool.query("create table run (seq bigserial, key text, n int, event text, pid int)");
  workers = [];
});

afterEach(async () => {
  await Promise.all(workers.map(kill));
  await pool.end();
  await database.drop();
});

function startWorker(leaseMs: number): ChildProcess {
  const worker = spawn(process.execPath, ["--import", "tsx", FIXTURE, database.url, String(leaseMs)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  workers.push(worker);
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill("SIGKILL");
  await once(worker, "exit");
}

async function count(event: Run["event"]): Promise<number> {
  const { rows } = await pool.query("select count(*) as n from run where event = $1", [event]);
  return rows[0].n;
}

test("worker processes killed at any moment: every job done, in order per key, never two at once", async () => {
  const keys = 40;
  const perKey = 30;
  const jobs = Array.from({ length: keys * perKey }, (_, i) => ({
    queue: "letters",
    key: `street ${i % keys}`,
    payload: { n: Math.floor(i / keys) },
  }));
  await databaseOf(pool).transaction((tx) => enqueue(tx, jobs));

  const killed = new Set<number | undefined>();
  let current = [startWorker(1_000), startWorker(1_000), startWorker(1_000)];
  for (const done of [200, 500, 800]) {
    await expect.poll(() => count("end"), { timeout: 20_000, interval: 10 }).toBeGreaterThan(done);
    const [victim, ...others] = current;
    if (!victim) throw new Error("No worker is left.");
    killed.add(victim.pid);
    await kill(victim);
    current = [...others, startWorker(1_000)];
  }
  await expect
    .poll(async () => (await pool.query("select from job")).rowCount, { timeout: 30_000, interval: 100 })
    .toBe(0);

  const { rows } = await pool.query<Run>("select key, n, event, pid from run order by seq");
  for (const key of new Set(rows.map((run) => run.key))) {
    const runs = rows.filter((run) => run.key === key);
    let next = 0;
    let open: Run | undefined;
    for (const run of runs) {
      const place = `${key}, letter ${run.n}, ${run.event}`;
      if (run.event !== "start") {
        expect(run, place).toMatchObject({ n: open?.n, pid: open?.pid });
        if (run.event === "end") next = run.n + 1;
        open = undefined;
        continue;
      }
      if (open) expect(killed, `overlap: ${place}`).toContain(open.pid);
      // Killed between its end and the note of it, a letter is delivered once more.
      if (run.n === next - 1) expect(killed, `again: ${place}`).toContain(lastEnd(runs, run)?.pid);
      else expect(run.n, `inversion: ${place}`).toBe(next);
      open = run;
    }
    expect(next, key).toBe(perKey);
  }
}, 90_000);

function lastEnd(runs: Run[], before: Run): Run | undefined {
  return runs.slice(0, runs.indexOf(before)).findLast((run) => run.event === "end");
}

test("a job that ends its process is dead after its attempts, told, and its successors run", async () => {
  const parcel = (payload: { n: number; poisoned?: boolean }) => ({ queue: "parcels", key: "depot", payload });
  const parcels = [parcel({ n: 1, poisoned: true }), parcel({ n: 2 }), parcel({ n: 3 })];
  await databaseOf(pool).transaction((tx) => enqueue(tx, parcels));

  const leaseMs = 60_000;
  for (let attempt = 1; attempt <= 3; attempt++) {
    const [code] = await once(startWorker(leaseMs), "exit");
    expect(code).toBe(1);
    await pool.query(
      "insert into clock (id, offset_ms) values (1, $1) on conflict (id) do update set offset_ms = excluded.offset_ms",
      [attempt * leaseMs],
    );
  }
  startWorker(leaseMs);
  await expect.poll(() => count("end"), { timeout: 20_000 }).toBe(2);

  const { rows: runs } = await pool.query("select n, event from run order by seq");
  expect(runs.map((run) => `${run.n} ${run.event}`)).toEqual([
    ...["1 start", "1 start", "1 start", "1 dead"],
    ...["2 start", "2 end", "3 start", "3 end"],
  ]);
  await expect
    .poll(async () => (await pool.query("select payload, state, last_error from job")).rows)
    .toEqual([
      {
        payload: { n: 1, poisoned: true },
        state: "dead",
        last_error: "The process ended while it worked on this.",
      },
    ]);
}, 60_000);
