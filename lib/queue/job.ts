/** Work to be done once the enqueuing transaction has committed. */
export type NewJob = {
  /** Which handler does it: a name of `runQueue`'s `queues`. */
  queue: string;
  /** Jobs of one queue and key run one at a time, in the order in which they were committed. */
  key: string;
  /** Becomes JSON. Ids, never content: what people wrote must not outlive its message here, and jsonb refuses U+0000. */
  payload: Readonly<Record<string, unknown>>;
} & (
  | { runAt?: undefined; delayMs?: undefined }
  /** Not before this moment of the desk's clock. At the head of its key it holds the later jobs back too. */
  | { runAt: Date; delayMs?: undefined }
  | { runAt?: undefined; delayMs: number }
);

/** What a handler is given. */
export type Job = {
  id: number;
  queue: string;
  key: string;
  /** As it was enqueued, perhaps by an older version of the product: parse it. */
  payload: unknown;
  /** 1 at first; an attempt counts from its start, so one that ends the process counts too. */
  attempt: number;
  /** Aborted when the lease is lost or the worker stops: end quickly, whatever is returned then may go unrecorded. */
  signal: AbortSignal;
};

/**
 * `done`: the job leaves, the next of its key may start. `again`: it keeps its place and holds its key back for so many
 * milliseconds; without `failed` the attempt is not counted, with it (the reason, without secrets) it is.
 */
export type JobOutcome = "done" | { again: number; failed?: string };

export type QueueOptions = {
  /** Runs at least once per job, so it must bear repetition. Throwing is a failed attempt. */
  handler: (job: Job) => Promise<JobOutcome>;
  /**
   * Tells the domain that a job is given up, before its successors start; may be called more than once. If it throws it
   * is repeated with back-off, up to `maxAttempts` times; then the job is dead without it.
   */
  onDead?: (job: Job, reason: string) => Promise<void>;
  /** Jobs of different keys at once in this process. */
  concurrency: number;
  /** How long a silent worker keeps a job; renewed while the handler runs. */
  leaseMs: number;
  maxAttempts: number;
  /** Milliseconds until the next attempt after failed attempt n = 1, 2, …; the queue adds ± 25 % jitter. */
  backoff: (attempt: number) => number;
};

/** A pino logger, or anything that takes its calls. */
export type QueueLog = Record<"warn" | "error", (fields: object, message: string) => void>;
