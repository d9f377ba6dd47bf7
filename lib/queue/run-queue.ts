import type { Pool } from "pg";
import { databaseOf } from "../db/connection";
import { SECOND } from "../time";
import type { QueueLog, QueueOptions } from "./job";
import { startQueueWorker } from "./queue-worker";

/** Calls `wake` whenever jobs may have been committed, with which of the `queues` where that is known. Returns how to end it. */
export type QueueBell = (wake: (queue?: string) => void, queues: string[]) => () => void;

export type RunningQueue = {
  /** Claims no more and waits for the running handlers; those still running after `graceMs` (10 s) are told to end. */
  stop: (graceMs?: number) => Promise<void>;
};

/**
 * Works on the named queues until stopped, any number of processes on one database. Wakes at the bell and every second;
 * an outage of the database is waited for.
 */
export function runQueue(setup: {
  pool: Pool;
  queues: Readonly<Record<string, QueueOptions>>;
  bell: QueueBell;
  log: QueueLog;
}): RunningQueue {
  const db = databaseOf(setup.pool);
  const workers = new Map(
    Object.entries(setup.queues).map(([queue, options]) => [
      queue,
      startQueueWorker({ db, queue, options, log: setup.log }),
    ]),
  );
  const unsubscribe = setup.bell(
    (queue) => {
      if (queue !== undefined) workers.get(queue)?.wake();
      else for (const worker of workers.values()) worker.wake();
    },
    [...workers.keys()],
  );

  return {
    async stop(graceMs = 10 * SECOND) {
      unsubscribe();
      await Promise.all([...workers.values()].map((worker) => worker.stop(graceMs)));
    },
  };
}
