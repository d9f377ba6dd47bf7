import { withJitter } from "./backoff";
import type { ClaimedJob } from "./claim-jobs";
import { failureReason, shorten } from "./failure-reason";
import type { Job, QueueLog, QueueOptions } from "./job";
import type { Settlement } from "./settle-job";

type Attempt = { job: Job; options: QueueOptions; log: QueueLog };

/** Runs the handler once, or gives the job up when its attempts are spent; never throws. */
export async function attemptJob(attempt: Attempt, claimed: ClaimedJob): Promise<Settlement> {
  const { job, options } = attempt;
  if (job.attempt > options.maxAttempts) {
    return giveUp(
      attempt,
      claimed.abandoned ? "The process ended while it worked on this." : (claimed.lastError ?? ""),
    );
  }
  try {
    const outcome = await options.handler(job);
    if (outcome === "done") return { as: "done" };
    if (outcome.failed === undefined) return { as: "postponed", delayMs: outcome.again };
    return await fail(attempt, shorten(outcome.failed), outcome.again);
  } catch (error) {
    return await fail(attempt, failureReason(error));
  }
}

async function fail(attempt: Attempt, reason: string, delayMs = backoff(attempt)): Promise<Settlement> {
  const { job, options, log } = attempt;
  if (job.attempt >= options.maxAttempts) return giveUp(attempt, reason);
  log.warn({ queue: job.queue, job: job.id, attempt: job.attempt, reason, delayMs }, "job failed and will be repeated");
  return { as: "again", delayMs, reason };
}

async function giveUp(attempt: Attempt, reason: string): Promise<Settlement> {
  const { job, options, log } = attempt;
  const fields = { queue: job.queue, job: job.id, attempt: job.attempt, reason };
  if (options.onDead && job.attempt <= 2 * options.maxAttempts) {
    try {
      await options.onDead(job, reason);
    } catch (error) {
      log.error({ ...fields, error: failureReason(error) }, "job is given up, but its end could not be told yet");
      return { as: "again", delayMs: backoff(attempt), reason };
    }
  }
  log.error(fields, "job is given up");
  return { as: "dead", reason };
}

function backoff({ job, options }: Attempt): number {
  return withJitter(options.backoff(job.attempt));
}
