import type { Emulator } from "../emulator";
import type { PendingDelivery } from "../world/types";
import type { Attempt } from "./attempt-log";
import { callApp } from "./post";
import { GIVE_UP_AFTER_MS, retryDelay } from "./schedule";
import { signature1, signature256 } from "./wire";

/** Meta waits this long for the 200. */
const TIMEOUT_MS = 5000;

export const DELIVERY_HEADERS = {
  "content-type": "application/json",
  "user-agent": "facebookexternalua",
  accept: "*/*",
  "accept-encoding": "deflate, gzip",
  "facebook-api-version": "v26.0",
};

export interface AttemptOutcome {
  /** "retry" leaves the delivery with its next time; "done" is taken, or given up for good. */
  next: "done" | "retry";
  attempt: Omit<Attempt, "n"> | null;
}

/** One POST of a delivery. */
export async function attemptDelivery(emulator: Emulator, delivery: PendingDelivery): Promise<AttemptOutcome> {
  const app = emulator.app(delivery.appId);
  if (!app?.webhook) return { next: "done", attempt: null };
  const { url } = app.webhook;
  const sha256 = signature256(app.secret, delivery.body);
  const sha1 = signature1(app.secret, delivery.body);
  const at = emulator.now();
  delivery.firstAttemptAt ??= at;
  delivery.attempts++;
  const result = await callApp(
    "POST",
    url,
    { ...DELIVERY_HEADERS, "x-hub-signature": sha1, "x-hub-signature-256": sha256 },
    delivery.body,
    TIMEOUT_MS,
  );
  const attempt = {
    deliveryId: delivery.id,
    at,
    appId: app.id,
    igId: delivery.igId,
    url,
    attempt: delivery.attempts,
    status: result.status,
    error: result.error,
    ms: result.ms,
    items: delivery.items,
    body: delivery.body,
    signature256: sha256,
    signature1: sha1,
  };
  if (result.status === 200) return { next: "done", attempt };

  const now = emulator.now();
  if (now - delivery.firstAttemptAt >= GIVE_UP_AFTER_MS) {
    const { world } = emulator;
    world.subscriptions = world.subscriptions.filter((one) => one.appId !== app.id || one.pageId !== delivery.pageId);
    emulator.options.log(
      `webhooks disabled: ${url} failed for an hour, the app is unsubscribed from Page ${delivery.pageId}`,
    );
    emulator.stream.businessChanged(delivery.igId);
    return { next: "done", attempt };
  }
  delivery.nextAt = now + retryDelay(delivery.attempts);
  return { next: "retry", attempt };
}
