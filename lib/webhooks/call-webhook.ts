import { publicId } from "../api/public-id";
import { decryptSecret, type Keyring } from "../crypto";
import { callOutbound, type OutboundAnswer, type OutboundCall } from "../outbound";
import { now, SECOND } from "../time";
import { judgeAttempt, type Verdict } from "./judge-attempt";
import type { Webhook } from "./read-turns";
import type { RenderedEvent } from "./render-events";
import { signatureHeaders } from "./sign";

/** An endpoint has so long to answer. */
const TIMEOUT_MS = 20 * SECOND;
/** Calls begun before what they wrote goes out. */
const CALLS_AT_ONCE = 16;
/** Webhooks whose secrets are kept at hand. */
const MOST_SECRETS = 1_000;

export type WebhookCaller = (
  webhook: Webhook,
  events: RenderedEvent[],
) => Promise<{ verdict: Verdict; durationMs: number }>;

type Secrets = Pick<Webhook, "secretSealed" | "signingSecretSealed"> & { secret: string; signingSecret: string };

/** Tells an endpoint in one call, signed, and judges what it answers or that it does not. */
export function webhookCaller(keyring: Keyring): WebhookCaller {
  const secrets = keepSecrets(keyring);
  const takeTurn = inTurns(CALLS_AT_ONCE);
  return async (webhook, events) => {
    const { workspaceId, id, target } = webhook;
    const { secret, signingSecret } = secrets(webhook);
    await takeTurn();
    const startedAt = performance.now();
    const body = JSON.stringify({
      app: { id: publicId(workspaceId) },
      webhook: { id: publicId(id), version: "v2" },
      events,
    });
    const at = Math.floor(now() / SECOND);
    const headers = {
      ...signatureHeaders({ signingSecret, id: events[0]?.id ?? publicId(id), at, body }),
      "content-type": "application/json",
      "user-agent": "Replydesk",
      "x-api-key": secret,
    };
    const result = await answerOf(target, { method: "POST", headers, body, timeoutMs: TIMEOUT_MS });
    return { verdict: judgeAttempt(result), durationMs: Math.round(performance.now() - startedAt) };
  };
}

/** @returns the answer, or the error instead of one */
async function answerOf(target: string, call: OutboundCall): Promise<OutboundAnswer | unknown> {
  try {
    return await callOutbound(new URL(target), call);
  } catch (error) {
    return error;
  }
}

/** Decrypting them takes as long as the call; their sealed form says whether they are still the same. */
function keepSecrets(keyring: Keyring): (webhook: Webhook) => Secrets {
  const kept = new Map<string, Secrets>();
  return ({ id, secretSealed, signingSecretSealed }) => {
    const known = kept.get(id);
    if (known?.secretSealed.equals(secretSealed) && known.signingSecretSealed.equals(signingSecretSealed)) return known;
    const opened = {
      secretSealed,
      signingSecretSealed,
      secret: decryptSecret(keyring, secretSealed, `webhook:${id}`),
      signingSecret: decryptSecret(keyring, signingSecretSealed, `webhook-signing:${id}`),
    };
    if (kept.size >= MOST_SECRETS) kept.clear();
    kept.set(id, opened);
    return opened;
  };
}

/** Lets so many go on at a time: what the first ones write would else leave only when the last one has written. */
function inTurns(most: number): () => Promise<void> {
  let turn = Promise.resolve();
  let taken = 0;
  return () => {
    if (taken === most) {
      turn = turn.then(() => new Promise((resolve) => setImmediate(resolve)));
      taken = 0;
    }
    taken += 1;
    return turn;
  };
}
