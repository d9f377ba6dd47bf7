import { sql } from "drizzle-orm";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { type Database, databaseOf, openPool } from "../db/connection";
import { enqueue } from "./enqueue";
import { hastenJobs } from "./hasten-jobs";
import type { Job, JobOutcome, NewJob, QueueOptions } from "./job";
import { type RunningQueue, runQueue } from "./run-queue";

let database: TestDatabase;
let pool: pg.Pool;
let db: Database;
let started: RunningQueue[];
let bells: Set<(queue?: string) => void>;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = openPool(database.url);
  db = databaseOf(pool);
  started = [];
  bells = new Set();
});

afterEach(async () => {
  await Promise.all(started.map((queue) => queue.stop(0)));
  await pool.end();
  await database.drop();
});

type Handler = QueueOptions["handler"];

/** A worker for the queue "letters". */
function work(handler: Handler, options: Partial<QueueOptions> = {}) {
  const logged: string[] = [];
  const log = (_fields: object, message: string) => void logged.push(message);
  const queue = runQueue({
    pool,
    queues: {
      letters: { handler, concurrency: 4, leaseMs: 60_000, maxAttempts: 5, backoff: () => 5, ...options },
    },
    bell: (wake) => {
      bells.add(wake);
      return () => bells.delete(wake);
    },
    log: { warn: log, error: log },
  });
  started.push(queue);
  return { ...queue, logged };
}

function post(jobs: NewJob | NewJob[]): Promise<void> {
  return db.transaction((tx) => enqueue(tx, jobs));
}

function ring(queue?: string): void {
  for (const wake of bells) wake(queue);
}

const letter = (key: string, n: number) => ({ queue: "letters", key, payload: { n } });
const name = (job: Job) => `${job.key}${(job.payload as { n: number }).n}`;

/** A handler whose jobs end when the test says so. */
function gated() {
  const open = new Map<string, (outcome: JobOutcome) => void>();
  const seen: Job[] = [];
  const handler: Handler = (job) => {
    seen.push(job);
    return new Promise((resolve) => open.set(name(job), resolve));
  };
  return {
    handler,
    seen,
    names: () => seen.map(name),
    end(job: string, outcome: JobOutcome = "done") {
      const resolve = open.get(job);
      if (!resolve) throw new Error(`${job} is not running.`);
      resolve(outcome);
    },
  };
}

async function advanceClock(byMs: number): Promise<void> {
  await db.execute(sql`insert into clock (id, offset_ms) values (1, ${byMs})
    on conflict (id) do update set offset_ms = clock.offset_ms + excluded.offset_ms`);
}

async function jobs(): Promise<Record<string, unknown>[]> {
  const { rows } = await db.execute(sql`select key, (payload->>'n')::int as n, state, attempts, last_error from job
    order by id`);
  return rows;
}

async function someoneWaitsForAKey(): Promise<void> {
  const waiting = async () =>
    (await db.execute(sql`select from pg_locks where locktype = 'advisory' and not granted`)).rowCount;
  await expect.poll(waiting, { interval: 10, timeout: 5_000 }).toBe(1);
}

const within = { timeout: 10_000, interval: 10 };

describe("enqueuing", () => {
  test("a rolled-back transaction leaves no job", async () => {
    await expect(
      db.transaction(async (tx) => {
        await enqueue(tx, [letter("a", 1), letter("a", 2)]);
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await jobs()).toEqual([]);
  });

  test("a list keeps its order per key and the first of each key goes to its head", async () => {
    await post([]);
    await post(letter("a", 1));
    await post([letter("b", 1), letter("a", 2), letter("b", 2), letter("a", 3)]);
    expect((await jobs()).map((job) => `${job.key}${job.n} ${job.state}`)).toEqual([
      "a1 ready",
      "b1 ready",
      "a2 waiting",
      "b2 waiting",
      "a3 waiting",
    ]);
  });

  test("two transactions for one key: the later waits, and order is the order of commits", async () => {
    const done: string[] = [];
    let second: Promise<void> | undefined;
    await db.transaction(async (tx) => {
      await enqueue(tx, letter("a", 1));
      second = post(letter("a", 2));
      await someoneWaitsForAKey();
      await enqueue(tx, letter("a", 3));
    });
    await second;
    work(async (job) => {
      done.push(name(job));
      return "done";
    });
    await expect.poll(() => done, within).toEqual(["a1", "a3", "a2"]);
  });

  test("a job enqueued while the head of its key leaves is not forgotten", async () => {
    const hold = gated();
    await post(letter("a", 1));
    work(hold.handler);
    await expect.poll(hold.names, within).toEqual(["a1"]);
    await db.transaction(async (tx) => {
      await enqueue(tx, letter("a", 2));
      hold.end("a1");
      await someoneWaitsForAKey();
    });
    await expect.poll(hold.names, within).toEqual(["a1", "a2"]);
  });

  test("lists of overlapping keys from many connections neither deadlock nor lose order", async () => {
    const keys = ["a", "b", "c", "d", "e", "f"];
    const lists = Array.from({ length: 30 }, (_, n) => {
      const turned = n % 2 ? keys : keys.toReversed();
      return turned.map((key) => letter(key, n));
    });
    await Promise.all(lists.map((list) => db.transaction((tx) => enqueue(tx, list))));
    expect(await jobs()).toHaveLength(180);
    expect((await jobs()).filter((job) => job.state === "ready")).toHaveLength(keys.length);
  });

  test("a delayed job runs when the clock has come there, and the next of its key not before it", async () => {
    const hold = gated();
    await post([
      { ...letter("a", 1), delayMs: 3_600_000 },
      letter("a", 2),
      { ...letter("b", 1), runAt: new Date(Date.now() + 7_200_000) },
      letter("c", 1),
    ]);
    work(hold.handler);
    await expect.poll(hold.names, within).toEqual(["c1"]);
    await advanceClock(3_600_000);
    await expect.poll(hold.names, within).toEqual(["c1", "a1"]);
    await advanceClock(3_600_000);
    await expect.poll(hold.names, within).toEqual(["c1", "a1", "b1"]);
  });
});

describe("working", () => {
  test("as many keys at once as allowed, one job per key", async () => {
    const hold = gated();
    await post([letter("a", 1), letter("a", 2), letter("b", 1), letter("c", 1)]);
    work(hold.handler, { concurrency: 2 });
    await expect.poll(hold.names, within).toEqual(["a1", "b1"]);
    hold.end("b1");
    await expect.poll(hold.names, within).toEqual(["a1", "b1", "c1"]);
    hold.end("a1");
    await expect.poll(hold.names, within).toEqual(["a1", "b1", "c1", "a2"]);
    hold.end("c1");
    hold.end("a2");
    await expect.poll(jobs, within).toEqual([]);
  });

  test("a failing job keeps its place; other keys go on", async () => {
    const done: string[] = [];
    const failures: string[] = [];
    await post([letter("a", 1), letter("a", 2), letter("b", 1), letter("a", 3)]);
    work(async (job) => {
      if (name(job) === "a1" && (job.attempt < 3 || !done.includes("b1"))) {
        failures.push(name(job));
        throw new Error("not yet");
      }
      done.push(name(job));
      return "done";
    });
    await expect.poll(jobs, within).toEqual([]);
    expect(done).toEqual(["b1", "a1", "a2", "a3"]);
    expect(failures.length).toBeGreaterThanOrEqual(2);
  });

  test("'again' holds the key back without counting, unless it says that it failed", async () => {
    const seen: string[] = [];
    await post([letter("a", 1), letter("a", 2)]);
    work(
      async (job) => {
        seen.push(`${name(job)} attempt ${job.attempt}`);
        if (name(job) === "a2") return "done";
        return seen.length < 4 ? { again: 1 } : { again: 1, failed: "rate limit" };
      },
      { maxAttempts: 2 },
    );
    await expect.poll(jobs, within).toEqual([{ key: "a", n: 1, state: "dead", attempts: 2, last_error: "rate limit" }]);
    expect(seen).toEqual([...Array(4).fill("a1 attempt 1"), "a1 attempt 2", "a2 attempt 1"]);
  });

  test("what is hastened while it is worked on is due again as soon as it is laid down; the rest waits as it said", async () => {
    const hold = gated();
    await post([letter("a", 1), letter("b", 1)]);
    work(hold.handler);
    await expect.poll(hold.names, within).toEqual(["a1", "b1"]);
    await db.transaction((tx) => hastenJobs(tx, "letters", sql`select 'a'`));
    hold.end("a1", { again: 3_600_000 });
    hold.end("b1", { again: 3_600_000 });
    await expect.poll(hold.names, within).toEqual(["a1", "b1", "a1"]);
    // Once is enough.
    hold.end("a1", { again: 3_600_000 });
    const due = () => db.execute(sql`select 1 from job where run_at <= desk_now() + interval '50 minutes'`);
    await expect.poll(async () => (await due()).rowCount, within).toBe(0);
    await db.transaction((tx) => hastenJobs(tx, "letters", sql`select 'b'`));
    ring("letters");
    await expect.poll(hold.names, within).toEqual(["a1", "b1", "a1", "b1"]);
  });

  test("a job is dead after its attempts, with the last message, and lets its successors go", async () => {
    const done: string[] = [];
    const told: string[] = [];
    await post([letter("a", 1), letter("a", 2)]);
    const worker = work(
      async (job) => {
        if (name(job) === "a1") throw new Error(`attempt ${job.attempt} failed\0 ${"x".repeat(1_000)}`);
        done.push(name(job));
        return "done";
      },
      {
        maxAttempts: 3,
        onDead: async (job, reason) => {
          told.push(`${name(job)} ${reason.slice(0, 16)}`);
          if (told.length === 1) throw new Error("nobody listens");
        },
      },
    );
    await expect.poll(() => done, within).toEqual(["a2"]);
    const [dead] = await jobs();
    expect(dead).toMatchObject({ key: "a", n: 1, state: "dead" });
    expect(dead?.last_error).toMatch(/^attempt 3 failed x+$/);
    expect(dead?.last_error).toHaveLength(500);
    expect(told).toEqual(["a1 attempt 3 failed", "a1 attempt 3 failed"]);
    expect(worker.logged).toContain("job is given up");

    await post(letter("a", 3));
    await expect.poll(() => done, within).toEqual(["a2", "a3"]);
  });

  test("what a failed statement carried is not kept with the job", async () => {
    await post(letter("a", 1));
    work(
      async () => {
        await db.execute(sql`select ${"a private word"}::text from no_such_table`);
        return "done";
      },
      { maxAttempts: 1 },
    );
    await expect.poll(async () => (await jobs())[0]?.last_error, within).toMatch(/no_such_table/);
    expect(JSON.stringify(await jobs())).not.toContain("private");
  });

  test("the bell wakes: a hundred jobs, each enqueued after the one before was done", async () => {
    let done = 0;
    work(async () => {
      done += 1;
      return "done";
    });
    // Only at the bell: by the poll alone this would last for a minute and more.
    for (let n = 1; n <= 100; n++) {
      await post(letter("a", n));
      ring(n % 2 ? "letters" : undefined);
      await expect.poll(() => done, within).toBe(n);
    }
  });
});

describe("leases", () => {
  test("an expired lease goes to another worker, and the one that lost it changes nothing", async () => {
    const [slow, next] = [gated(), gated()];
    await post([letter("a", 1), letter("a", 2)]);
    const loser = work(slow.handler);
    await expect.poll(slow.names, within).toEqual(["a1"]);
    await advanceClock(61_000);
    work(next.handler);
    await expect.poll(next.names, within).toEqual(["a1"]);
    expect(next.seen[0]?.attempt).toBe(2);

    slow.end("a1");
    await expect
      .poll(() => loser.logged, within)
      .toContain("the lease was lost; another worker decides about this job");
    expect((await jobs()).map((job) => job.state)).toEqual(["ready", "waiting"]);

    next.end("a1");
    await expect.poll(async () => [...slow.names(), ...next.names()].sort(), within).toEqual(["a1", "a1", "a2"]);
  });

  test("a worker never runs a job beside itself, though the clock jumps past its lease", async () => {
    const hold = gated();
    await post(letter("a", 1));
    work(hold.handler);
    await expect.poll(hold.names, within).toEqual(["a1"]);
    await advanceClock(3_600_000);
    await post(letter("b", 1));
    await expect.poll(hold.names, within).toEqual(["a1", "b1"]);
    hold.end("a1");
    hold.end("b1");
    await expect.poll(jobs, within).toEqual([]);
    expect(hold.names()).toEqual(["a1", "b1"]);
  });

  test("the lease is renewed while the handler runs", async () => {
    const [long, other] = [gated(), gated()];
    const leaseMs = 2_000;
    await post(letter("a", 1));
    work(long.handler, { leaseMs });
    await expect.poll(long.names, within).toEqual(["a1"]);
    const { rows } = await db.execute<{ until: string }>(sql`select leased_until::text as until from job`);
    work(other.handler, { leaseMs });
    const expired = async () =>
      (await db.execute(sql`select from job where desk_now() > ${rows[0]?.until}::timestamptz + interval '1 s'`))
        .rowCount;
    await expect.poll(expired, within).toBe(1);
    long.end("a1");
    await expect.poll(jobs, within).toEqual([]);
    expect(other.names()).toEqual([]);
  });

  test("a handler hears that its lease is lost", async () => {
    const hold = gated();
    await post(letter("a", 1));
    work(hold.handler, { leaseMs: 600 });
    await expect.poll(hold.names, within).toEqual(["a1"]);
    await db.execute(sql`update job set lease_token = gen_random_uuid(), leased_until = 'infinity'`);
    await expect.poll(() => hold.seen[0]?.signal.aborted, within).toBe(true);
  });
});

describe("stopping", () => {
  test("waits for what runs and claims nothing more", async () => {
    const hold = gated();
    await post([letter("a", 1), letter("a", 2)]);
    const worker = work(hold.handler);
    await expect.poll(hold.names, within).toEqual(["a1"]);
    const stopped = worker.stop(60_000);
    ring();
    hold.end("a1");
    await stopped;
    expect(hold.names()).toEqual(["a1"]);
    expect(await jobs()).toMatchObject([{ key: "a", n: 2, state: "ready", attempts: 0 }]);
    expect(bells.size).toBe(0);
  });

  test("at the deadline tells handlers to end and leaves the job to the next process", async () => {
    const hold = gated();
    await post(letter("a", 1));
    const worker = work(hold.handler);
    await expect.poll(hold.names, within).toEqual(["a1"]);
    await worker.stop(10);
    expect(hold.seen[0]?.signal.aborted).toBe(true);

    const heir = gated();
    work(heir.handler);
    await advanceClock(61_000);
    await expect.poll(heir.names, within).toEqual(["a1"]);
  });
});
