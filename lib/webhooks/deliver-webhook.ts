import { sql } from "drizzle-orm";
import type { Keyring } from "../crypto";
import type { Queryable } from "../db/connection";
import { newId } from "../ids";
import type { JobOutcome } from "../queue/job";
import { rideAlong } from "../ride-along";
import { SECOND } from "../time";
import { type WebhookCaller, webhookCaller } from "./call-webhook";
import type { Verdict } from "./judge-attempt";
import { BATCH, readTurns, type Webhook } from "./read-turns";
import { recordTold } from "./record-told";
import { payloadsOf, type RenderedEvent, readSources, type StoredEvent } from "./render-events";
import { GIVE_UP_MS, retryWait } from "./retry-schedule";

/** After so long the place in the queue is given to other endpoints. */
const TURN_MS = 10 * SECOND;
/** Webhooks whose turns are read and written together. */
const TOGETHER = 128;
/** Answers of one round of calls come within such a time of each other. */
const ANSWERS_MS = 8;

type Desk = {
  db: Queryable;
  call: WebhookCaller;
  readTurn: Ride<typeof readTurns>;
  readSources: Ride<typeof readSources>;
  recordTold: Ride<typeof recordTold>;
};

type Ride<T> = T extends (db: Queryable, inputs: (infer Input)[]) => Promise<(infer Output)[]>
  ? (input: Input) => Promise<Output>
  : never;

/**
 * Gives what tells a webhook all that waits for it, the oldest first, until nothing waits or a call fails. The queue runs
 * one of these at a time for each webhook, so events arrive in order, and a slow endpoint holds up nobody else's.
 */
export function webhookDeliverer(ctx: {
  db: Queryable;
  keyring: Keyring;
}): (input: { workspaceId: string; webhookId: string }) => Promise<JobOutcome> {
  const { db } = ctx;
  const desk: Desk = {
    db,
    call: webhookCaller(ctx.keyring),
    readTurn: rideAlong(TOGETHER, (inputs) => readTurns(db, inputs)),
    readSources: rideAlong(TOGETHER, (inputs) => readSources(db, inputs)),
    recordTold: rideAlong(TOGETHER, (inputs) => recordTold(db, inputs), ANSWERS_MS),
  };
  return (input) => deliver(desk, input);
}

async function deliver(desk: Desk, input: { workspaceId: string; webhookId: string }): Promise<JobOutcome> {
  const startedAt = performance.now();
  for (;;) {
    const turn = await desk.readTurn(input);
    if (!turn) return "done";
    const { events, ...webhook } = turn;
    if (webhook.msToResume !== null && webhook.msToResume > 0) return { again: webhook.msToResume };
    if (events.length === 0) return "done";
    const wait = await tell(desk, webhook, events);
    if (wait === "gone") return "done";
    if (wait !== null) return { again: wait };
    // What has come since has a job of its own, behind this one.
    if (events.length < BATCH) return "done";
    if (performance.now() - startedAt > TURN_MS) return { again: 0 };
  }
}

/** @returns milliseconds until the next attempt; null to go on at once; gone: it wants nothing any more */
async function tell(desk: Desk, webhook: Webhook, events: StoredEvent[]): Promise<number | "gone" | null> {
  const sources = await desk.readSources({ workspaceId: webhook.workspaceId, events });
  const verdict = await attempt(desk, webhook, events, payloadsOf(webhook, events, sources));
  if (verdict.outcome === "delivered") return null;
  if (verdict.outcome === "refused" && events.length > 1) {
    // One of them may be what the endpoint cannot take: the others must not go with it.
    for (const event of events) {
      const wait = await tell(desk, webhook, [event]);
      if (wait !== null) return wait;
    }
    return null;
  }
  if (verdict.outcome === "refused") {
    await giveUp(desk.db, webhook, events);
    return null;
  }
  if (verdict.outcome === "gone") {
    await disable(desk.db, webhook, verdict.reason);
    return "gone";
  }
  return failed(desk.db, webhook, events, verdict.retryAfterMs);
}

async function attempt(
  desk: Desk,
  webhook: Webhook,
  events: StoredEvent[],
  rendered: RenderedEvent[],
): Promise<Verdict> {
  const { verdict, durationMs } = await desk.call(webhook, rendered);
  const place = { workspaceId: webhook.workspaceId, webhookId: webhook.id };
  const numbers = events.map(({ number }) => number);
  if (verdict.outcome === "delivered") {
    await desk.recordTold({ ...place, numbers, status: verdict.status, durationMs });
    return verdict;
  }
  await desk.db.execute(sql`
    insert into webhook_attempt (workspace_id, webhook_id, id, at, events, status, duration_ms, outcome, reason)
    select ${place.workspaceId}, ${place.webhookId}, ${newId()}, desk_now(), ${sql.param(numbers)}::bigint[],
      ${verdict.status}, ${durationMs}, ${verdict.outcome === "again" ? "again" : "failed"}, ${verdict.reason}
    where exists (select from webhook where workspace_id = ${place.workspaceId} and id = ${place.webhookId})`);
  return verdict;
}

/** No repetition would change the answer; the endpoint itself is there. */
async function giveUp(db: Queryable, webhook: Webhook, events: StoredEvent[]): Promise<void> {
  await db.execute(sql`
    with told as (
      update webhook_event set state = 'failed', attempts = attempts + 1, settled_at = desk_now()
      where workspace_id = ${webhook.workspaceId} and webhook_id = ${webhook.id}
        and number = any(${sql.param(events.map(({ number }) => number))}::bigint[]))
    update webhook set failures = 0, failing_since = null, resume_at = null
    where workspace_id = ${webhook.workspaceId} and id = ${webhook.id} and (failures > 0 or failing_since is not null)`);
}

/** What waits counts as missed: a person who switches it on again decides whether it is still to be told. */
async function disable(db: Queryable, webhook: Webhook, reason: string | null): Promise<void> {
  await db.execute(sql`
    with missed as (
      update webhook_event set state = 'failed', settled_at = desk_now()
      where workspace_id = ${webhook.workspaceId} and webhook_id = ${webhook.id} and state = 'pending')
    update webhook set disabled_reason = ${reason ?? "It was switched off."}, failing_since = null, resume_at = null, failures = 0
    where workspace_id = ${webhook.workspaceId} and id = ${webhook.id}`);
}

/** The whole endpoint rests, so that order is kept; what it was not told within the whole schedule is given up. */
async function failed(
  db: Queryable,
  webhook: Webhook,
  events: StoredEvent[],
  retryAfterMs: number | null,
): Promise<number> {
  const ms = Math.max(retryWait(webhook.failures + 1), retryAfterMs ?? 0);
  const tooOld = sql`coalesce(replayed_at, created_at) < desk_now() - ${GIVE_UP_MS} * interval '1 millisecond'`;
  await db.execute(sql`
    with tried as (
      update webhook_event set attempts = attempts + 1,
        state = case when ${tooOld} then 'failed' else state end,
        settled_at = case when ${tooOld} then desk_now() end
      where workspace_id = ${webhook.workspaceId} and webhook_id = ${webhook.id}
        and number = any(${sql.param(events.map(({ number }) => number))}::bigint[]))
    update webhook set failures = failures + 1, failing_since = coalesce(failing_since, desk_now()),
      resume_at = desk_now() + ${ms} * interval '1 millisecond'
    where workspace_id = ${webhook.workspaceId} and id = ${webhook.id}`);
  return ms;
}
