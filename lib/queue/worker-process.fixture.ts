import { setTimeout as delay } from "node:timers/promises";
import { openPool } from "../db/connection";
import type { Job, JobOutcome } from "./job";
import { runQueue } from "./run-queue";

/** A worker process to be killed: `node --import tsx worker-process.fixture.ts <database url> <lease in ms>`. */
const [url, leaseMs] = process.argv.slice(2);
if (!url) throw new Error("The database's address is missing.");

const pool = openPool(url);

async function record(job: Job, event: string): Promise<void> {
  const { n } = job.payload as { n: number };
  await pool.query("insert into run (key, n, event, pid) values ($1, $2, $3, $4)", [job.key, n, event, process.pid]);
}

async function deliverUnreliably(job: Job): Promise<JobOutcome> {
  await record(job, "start");
  await delay(Math.random() * 5);
  if (Math.random() < 0.15) {
    await record(job, "failed");
    throw new Error("The post office is closed.");
  }
  await record(job, "end");
  return "done";
}

async function openParcel(job: Job): Promise<JobOutcome> {
  await record(job, "start");
  if ((job.payload as { poisoned?: boolean }).poisoned) process.exit(1);
  await record(job, "end");
  return "done";
}

const common = { leaseMs: Number(leaseMs), backoff: () => 20 };
runQueue({
  pool,
  queues: {
    letters: { ...common, handler: deliverUnreliably, concurrency: 8, maxAttempts: 30 },
    parcels: { ...common, handler: openParcel, onDead: (job) => record(job, "dead"), concurrency: 4, maxAttempts: 3 },
  },
  bell: () => () => undefined,
  // Failures are the point here; what they did is in the table of runs.
  log: { warn: () => undefined, error: () => undefined },
});
