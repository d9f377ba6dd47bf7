import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "../db/connection";
import { rideAlong } from "../ride-along";
import { SECOND } from "../time";
import { createAlarm } from "./alarm";
import { attemptJob } from "./attempt-job";
import { type ClaimedJob, claimJobs } from "./claim-jobs";
import { failureReason } from "./failure-reason";
import type { QueueLog, QueueOptions } from "./job";
import { renewLeases } from "./renew-leases";
import { finishJobs, type Settled, type Settlement, settleJob } from "./settle-job";

/** A lost bell costs at most this. */
const POLL_MS = SECOND;
const SETTLE_AGAIN_MS = SECOND;
/** Jobs that leave the queue together. */
const TOGETHER = 64;

export type QueueWorker = {
  wake: () => void;
  /** Claims no more; resolves when the running handlers have ended, or after `graceMs` with their signals aborted. */
  stop: (graceMs: number) => Promise<void>;
};

type Running = { claimed: ClaimedJob; lease: AbortController; renewedAt: number; work: Promise<void> };

/** One queue in one process. */
export function startQueueWorker(setup: {
  db: Database;
  queue: string;
  options: QueueOptions;
  log: QueueLog;
}): QueueWorker {
  const { db, queue, options, log } = setup;
  const running = new Map<number, Running>();
  const alarm = createAlarm();
  const finish = rideAlong(TOGETHER, (jobs: ClaimedJob[]) => finishJobs(db, queue, jobs));
  /** The last claim took as many as there was room for: more may be due. */
  let full = false;
  let stopping = false;
  let renewing = false;

  async function claimWhileOpen(): Promise<void> {
    while (!stopping) {
      alarm.silence();
      const free = options.concurrency - running.size;
      const claimed = free > 0 ? await claim(free) : [];
      full = claimed.length === free;
      for (const job of claimed) start(job);
      await alarm.wait(POLL_MS);
    }
  }

  async function claim(limit: number): Promise<ClaimedJob[]> {
    try {
      const leaseToken = randomUUID();
      return await claimJobs(db, { queue, limit, leaseToken, leaseMs: options.leaseMs, running: [...running.keys()] });
    } catch (error) {
      log.error({ queue, error: failureReason(error) }, "the queue could not be read; it is tried again");
      return [];
    }
  }

  function start(claimed: ClaimedJob): void {
    const lease = new AbortController();
    const work = workOn(claimed, lease.signal).then((settled) => {
      running.delete(claimed.id);
      if (full || settled === "next") alarm.ring();
    });
    running.set(claimed.id, { claimed, lease, renewedAt: performance.now(), work });
  }

  async function workOn(claimed: ClaimedJob, signal: AbortSignal): Promise<Settled> {
    const { id, key, payload, attempts } = claimed;
    const job = { id, queue, key, payload, attempt: attempts, signal };
    const settlement = await attemptJob({ job, options, log }, claimed);
    const settled = await settle(claimed, settlement, signal);
    const returnsIn = "delayMs" in settlement ? settlement.delayMs : POLL_MS;
    if (returnsIn < POLL_MS) setTimeout(alarm.ring, returnsIn).unref();
    return settled;
  }

  /** What has happened must be written down, else it happens again: a database that is away for a moment is waited for. */
  async function settle(job: ClaimedJob, settlement: Settlement, signal: AbortSignal): Promise<Settled> {
    for (;;) {
      try {
        const settled = settlement.as === "done" ? await finish(job) : await settleJob(db, { queue, job, settlement });
        if (settled === "lost")
          log.warn({ queue, job: job.id }, "the lease was lost; another worker decides about this job");
        return settled;
      } catch (error) {
        log.error({ queue, job: job.id, error: failureReason(error) }, "a job's outcome could not be recorded yet");
        if (signal.aborted) return "lost";
        await delay(SETTLE_AGAIN_MS);
      }
    }
  }

  async function renew(): Promise<void> {
    const entries = [...running.values()];
    if (renewing || entries.length === 0) return;
    renewing = true;
    const startedAt = performance.now();
    try {
      const mine = await renewLeases(db, { queue, jobs: entries.map((e) => e.claimed), leaseMs: options.leaseMs });
      for (const entry of entries) {
        if (mine.has(entry.claimed.id)) entry.renewedAt = startedAt;
        else entry.lease.abort(new Error("Another worker holds the lease."));
      }
    } catch (error) {
      log.error({ queue, error: failureReason(error) }, "leases could not be renewed");
      for (const entry of entries) {
        if (performance.now() - entry.renewedAt >= options.leaseMs) entry.lease.abort(new Error("The lease ran out."));
      }
    } finally {
      renewing = false;
    }
  }

  const renewal = setInterval(renew, options.leaseMs / 3);
  const claiming = claimWhileOpen();

  return {
    wake: alarm.ring,
    async stop(graceMs) {
      stopping = true;
      alarm.ring();
      await claiming;
      const ended = Promise.allSettled([...running.values()].map((entry) => entry.work));
      await Promise.race([ended, delay(graceMs, undefined, { ref: false })]);
      for (const entry of running.values()) entry.lease.abort(new Error("The worker stops."));
      clearInterval(renewal);
    },
  };
}
