import type { Pool } from "pg";
import { z } from "zod";
import type { Keyring } from "../lib/crypto";
import { databaseOf } from "../lib/db/connection";
import { compareNightly } from "../lib/inbox/compare-nightly";
import type { Ctx } from "../lib/inbox/context";
import { eraseChannel } from "../lib/inbox/erase-channel";
import { giveUpSend } from "../lib/inbox/give-up-send";
import { indexWords } from "../lib/inbox/index-words";
import { onRing } from "../lib/live/doorbell";
import { log } from "../lib/log";
import { backFill } from "../lib/meta/back-fill";
import { checkStory } from "../lib/meta/check-story";
import { dispatchMessage } from "../lib/meta/dispatch-message";
import { checkInTurn } from "../lib/meta/doctor/check-in-turn";
import { fetchProfile } from "../lib/meta/fetch-profile";
import { ingestDeliveries } from "../lib/meta/ingest-deliveries";
import { refreshMedia } from "../lib/meta/refresh-media";
import { resolveLater } from "../lib/meta/resolve-message";
import { giveUpSignal, sendSignal } from "../lib/meta/send-signal";
import { type RunningQueue, runQueue } from "../lib/queue/run-queue";
import { webhookDeliverer } from "../lib/webhooks/deliver-webhook";
import { publishAllEvents } from "../lib/webhooks/publish-all-events";
import { runLoop } from "./run-loop";
import { sweep } from "./sweep";

const messageJob = z.object({ workspaceId: z.string(), messageId: z.string() });
const sendJob = messageJob.extend({ channelId: z.string().optional() });
const signalJob = z.discriminatedUnion("type", [
  z.object({ type: z.literal("seen"), workspaceId: z.string(), conversationId: z.string() }),
  messageJob.extend({ type: z.literal("reaction") }),
]);
const webhookJob = z.object({ workspaceId: z.string(), webhookId: z.string() });
const backFillJob = z.object({ workspaceId: z.string(), backFillId: z.string() });
const channelJob = z.object({ workspaceId: z.string(), channelId: z.string() });
const contactJob = z.object({ workspaceId: z.string(), contactId: z.string() });

const doubling = (firstMs: number) => (attempt: number) => Math.min(firstMs * 2 ** (attempt - 1), 3_600_000);

export type Worker = { stop(): Promise<void> };

/** The worker: deliveries into the inbox, and every job by its name. Several processes may run it on one database. */
export function startWorker(pool: Pool, keyring: Keyring): Worker {
  const db = databaseOf(pool);
  const ctx: Ctx & { db: typeof db } = { db, actor: { type: "system" } };
  const deliver = webhookDeliverer({ db, keyring });
  const ingest = runLoop({
    name: "ingest",
    step: () => ingestDeliveries(ctx),
    subscribe: (wake) => onRing("deliveries", wake),
  });
  const words = runLoop({ name: "words", step: () => indexWords(ctx), subscribe: () => () => undefined });
  const publishing = runLoop({
    name: "webhooks",
    step: () => publishAllEvents(ctx),
    subscribe: (wake) => onRing("log", wake),
  });
  const queue: RunningQueue = runQueue({
    pool,
    log,
    bell: (wake, queues) => {
      const ends = [onRing("jobs", wake), ...queues.map((queue) => onRing(`jobs:${queue}`, () => wake(queue)))];
      return () => {
        for (const end of ends) end();
      };
    },
    queues: {
      send: {
        handler: (job) => dispatchMessage(ctx, sendJob.parse(job.payload)),
        onDead: (job) => giveUpSend(ctx, messageJob.parse(job.payload)),
        concurrency: 32,
        leaseMs: 60_000,
        maxAttempts: 20,
        backoff: doubling(2_000),
      },
      resolve: {
        handler: (job) => resolveLater(ctx, messageJob.parse(job.payload), job.attempt),
        concurrency: 2,
        leaseMs: 60_000,
        maxAttempts: 6,
        backoff: doubling(60_000),
      },
      signal: {
        handler: (job) => sendSignal(ctx, signalJob.parse(job.payload)),
        onDead: (job) => giveUpSignal(ctx, signalJob.parse(job.payload)),
        concurrency: 8,
        leaseMs: 60_000,
        maxAttempts: 5,
        backoff: doubling(10_000),
      },
      media: {
        handler: (job) => refreshMedia(ctx, messageJob.parse(job.payload)),
        concurrency: 2,
        leaseMs: 60_000,
        maxAttempts: 5,
        backoff: doubling(60_000),
      },
      story: {
        handler: (job) => checkStory(ctx, messageJob.parse(job.payload)),
        concurrency: 2,
        leaseMs: 60_000,
        maxAttempts: 5,
        backoff: doubling(60_000),
      },
      doctor: {
        handler: (job) => checkInTurn(ctx, channelJob.parse(job.payload)),
        concurrency: 2,
        leaseMs: 120_000,
        maxAttempts: 5,
        backoff: doubling(60_000),
      },
      webhook: {
        handler: (job) => deliver(webhookJob.parse(job.payload)),
        // Mostly waiting; a hanging endpoint holds one of them for the length of its time-out.
        concurrency: 256,
        leaseMs: 60_000,
        maxAttempts: 20,
        backoff: doubling(5_000),
      },
      "back-fill": {
        handler: (job) => backFill(ctx, backFillJob.parse(job.payload), job.signal),
        concurrency: 8,
        // Cut off, it goes on soon: a person may be looking at the progress bar.
        leaseMs: 15_000,
        maxAttempts: 1_000,
        backoff: doubling(5_000),
      },
      compare: {
        handler: async (job) => {
          const nextMs = await compareNightly(ctx, channelJob.parse(job.payload));
          return nextMs === null ? "done" : { again: nextMs };
        },
        concurrency: 2,
        leaseMs: 60_000,
        maxAttempts: 1_000,
        backoff: doubling(60_000),
      },
      erase: {
        handler: async (job) => ((await eraseChannel(ctx, channelJob.parse(job.payload))) ? { again: 0 } : "done"),
        concurrency: 1,
        leaseMs: 60_000,
        maxAttempts: 1_000,
        backoff: doubling(5_000),
      },
      profile: {
        handler: (job) => fetchProfile(ctx, contactJob.parse(job.payload)),
        concurrency: 4,
        leaseMs: 60_000,
        maxAttempts: 4,
        backoff: doubling(30_000),
      },
    },
  });
  void sweep(ctx);
  const chores = setInterval(() => void sweep(ctx), 60_000);
  return {
    async stop() {
      clearInterval(chores);
      await Promise.all([ingest.stop(), words.stop(), publishing.stop(), queue.stop()]);
    },
  };
}
