import { sql } from "drizzle-orm";
import { publicId } from "../api/public-id";
import { decryptSecret, type Keyring } from "../crypto";
import type { Queryable } from "../db/connection";
import { newId } from "../ids";
import { callOutbound, checkOutboundUrl } from "../outbound";
import type { JobOutcome } from "../queue/job";
import { now, SECOND } from "../time";
import { judgeAttempt, type Verdict } from "./judge-attempt";
import { type RenderedEvent, renderEvents, type StoredEvent } from "./render-events";
import { GIVE_UP_MS, retryWait } from "./retry-schedule";
import { signatureHeaders } from "./sign";

/** Events told in one call. */
const BATCH = 100;
/** An endpoint has so long to answer. */
const TIMEOUT_MS = 20 * SECOND;
/** After so long the place in the queue is given to other endpoints. */
const TURN_MS = 10 * SECOND;

type Webhook = {
  workspaceId: string;
  id: string;
  target: string;
  includeFullUser: boolean;
  includeFullSource: boolean;
  secretSealed: Buffer;
  signingSecretSealed: Buffer;
  failures: number;
  msToResume: number | null;
};

/**
 * Tells a webhook what waits for it, the oldest first, until nothing waits or a call fails. The queue runs one of these at
 * a time for each webhook, so events arrive in order, and a slow endpoint holds up nobody else's.
 */
export async function deliverWebhook(
  ctx: { db: Queryable; keyring: Keyring },
  input: { workspaceId: string; webhookId: string },
): Promise<JobOutcome> {
  const startedAt = performance.now();
  for (;;) {
    const webhook = await readWebhook(ctx.db, input);
    if (!webhook) return "done";
    if (webhook.msToResume !== null && webhook.msToResume > 0) return { again: webhook.msToResume };
    const events = await readPending(ctx.db, webhook);
    if (events.length === 0) return "done";
    const wait = await tell(ctx, webhook, events);
    if (wait !== null) return { again: wait };
    if (performance.now() - startedAt > TURN_MS) return { again: 0 };
  }
}

/** @returns milliseconds until the next attempt; null to go on at once */
async function tell(
  ctx: { db: Queryable; keyring: Keyring },
  webhook: Webhook,
  events: StoredEvent[],
): Promise<number | null> {
  const rendered = await renderEvents(ctx.db, webhook, events);
  const verdict = await attempt(ctx, webhook, events, rendered);
  if (verdict.outcome === "delivered") {
    await settle(ctx.db, webhook, events, "delivered");
    return null;
  }
  if (verdict.outcome === "refused" && events.length > 1) {
    // One of them may be what the endpoint cannot take: the others must not go with it.
    for (const event of events) {
      const wait = await tell(ctx, webhook, [event]);
      if (wait !== null) return wait;
    }
    return null;
  }
  if (verdict.outcome === "refused") {
    await settle(ctx.db, webhook, events, "failed");
    return null;
  }
  if (verdict.outcome === "gone") {
    await disable(ctx.db, webhook, verdict.reason);
    return null;
  }
  return failed(ctx.db, webhook, events, verdict.retryAfterMs);
}

async function attempt(
  ctx: { db: Queryable; keyring: Keyring },
  webhook: Webhook,
  events: StoredEvent[],
  rendered: RenderedEvent[],
): Promise<Verdict> {
  const startedAt = performance.now();
  const verdict = await call(ctx.keyring, webhook, rendered);
  await ctx.db.execute(sql`
    insert into webhook_attempt (workspace_id, webhook_id, id, at, events, status, duration_ms, outcome, reason)
    values (${webhook.workspaceId}, ${webhook.id}, ${newId()}, desk_now(), ${sql.param(events.map(({ number }) => number))}::bigint[],
      ${verdict.status}, ${Math.round(performance.now() - startedAt)}, ${OUTCOMES[verdict.outcome]}, ${verdict.reason})`);
  return verdict;
}

const OUTCOMES = { delivered: "delivered", again: "again", refused: "failed", gone: "failed" };

async function call(keyring: Keyring, webhook: Webhook, events: RenderedEvent[]): Promise<Verdict> {
  const { workspaceId, id } = webhook;
  const body = JSON.stringify({
    app: { id: publicId(workspaceId) },
    webhook: { id: publicId(id), version: "v2" },
    events,
  });
  const signed = signatureHeaders({
    signingSecret: decryptSecret(keyring, webhook.signingSecretSealed, `webhook-signing:${id}`),
    id: events[0]?.id ?? publicId(id),
    at: Math.floor(now() / SECOND),
    body,
  });
  const headers = {
    ...signed,
    "content-type": "application/json",
    "user-agent": "Replydesk",
    "x-api-key": decryptSecret(keyring, webhook.secretSealed, `webhook:${id}`),
  };
  try {
    const url = checkOutboundUrl(webhook.target);
    return judgeAttempt(await callOutbound(url, { method: "POST", headers, body, timeoutMs: TIMEOUT_MS }));
  } catch (error) {
    return judgeAttempt(error);
  }
}

async function readWebhook(
  db: Queryable,
  input: { workspaceId: string; webhookId: string },
): Promise<Webhook | undefined> {
  const { rows } = await db.execute<Webhook>(sql`
    select workspace_id as "workspaceId", id, target, include_full_user as "includeFullUser", include_full_source as "includeFullSource",
      secret_sealed as "secretSealed", signing_secret_sealed as "signingSecretSealed", failures,
      (extract(epoch from resume_at - desk_now()) * 1000)::float8 as "msToResume"
    from webhook where workspace_id = ${input.workspaceId} and id = ${input.webhookId} and disabled_reason is null`);
  return rows[0];
}

async function readPending(db: Queryable, webhook: Webhook): Promise<StoredEvent[]> {
  const { rows } = await db.execute<StoredEvent>(sql`
    select number, id, trigger, conversation_id as "conversationId", message_id as "messageId", created_at as "createdAt"
    from webhook_event where webhook_id = ${webhook.id} and state = 'pending' order by number limit ${BATCH}`);
  return rows;
}

async function settle(
  db: Queryable,
  webhook: Webhook,
  events: StoredEvent[],
  state: "delivered" | "failed",
): Promise<void> {
  await db.execute(sql`
    with told as (
      update webhook_event set state = ${state}, attempts = attempts + 1, settled_at = desk_now()
      where workspace_id = ${webhook.workspaceId} and webhook_id = ${webhook.id}
        and number = any(${sql.param(events.map(({ number }) => number))}::bigint[]))
    update webhook set failures = 0, failing_since = null, resume_at = null
    where workspace_id = ${webhook.workspaceId} and id = ${webhook.id} and failures > 0`);
}

async function disable(db: Queryable, webhook: Webhook, reason: string | null): Promise<void> {
  await db.execute(sql`
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
  await db.execute(sql`
    with tried as (
      update webhook_event set attempts = attempts + 1,
        state = case when created_at < desk_now() - ${GIVE_UP_MS} * interval '1 millisecond' then 'failed' else state end,
        settled_at = case when created_at < desk_now() - ${GIVE_UP_MS} * interval '1 millisecond' then desk_now() end
      where workspace_id = ${webhook.workspaceId} and webhook_id = ${webhook.id}
        and number = any(${sql.param(events.map(({ number }) => number))}::bigint[]))
    update webhook set failures = failures + 1, failing_since = coalesce(failing_since, desk_now()),
      resume_at = desk_now() + ${ms} * interval '1 millisecond'
    where workspace_id = ${webhook.workspaceId} and id = ${webhook.id}`);
  return ms;
}
