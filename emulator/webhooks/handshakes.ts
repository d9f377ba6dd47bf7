import { randomInt } from "node:crypto";
import type { Emulator } from "../emulator";
import { callApp } from "./post";

const RETRY_MS = 500;
const RETRY_MAX_MS = 5000;
const TIMEOUT_MS = 10_000;

export interface HandshakeResult {
  verified: boolean;
  status: number | null;
  reason: string | null;
}

/** Asks a callback address for the challenge, as Meta does on every save of the subscription. */
export async function shakeHands(url: string, verifyToken: string): Promise<HandshakeResult> {
  const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    return { verified: false, status: null, reason: `"${url}" is no address.` };
  }
  target.searchParams.set("hub.mode", "subscribe");
  target.searchParams.set("hub.challenge", challenge);
  target.searchParams.set("hub.verify_token", verifyToken);
  const answer = await callApp(
    "GET",
    target.href,
    { "user-agent": "facebookplatform/1.0 (+http://developers.facebook.com)" },
    "",
    TIMEOUT_MS,
  );
  if (answer.status === null)
    return { verified: false, status: null, reason: `The callback could not be reached: ${answer.error}.` };
  if (answer.status !== 200)
    return { verified: false, status: answer.status, reason: `The callback answered ${answer.status}.` };
  if (answer.body.trim() !== challenge)
    return { verified: false, status: 200, reason: "The callback did not answer with the challenge." };
  return { verified: true, status: 200, reason: null };
}

/** Verifies the webhooks of registered apps, in the background until it works. */
export class Handshakes {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private stopped = false;

  constructor(private readonly emulator: Emulator) {}

  retryUntilVerified(appId: string, waitMs = 0): void {
    if (this.stopped) return;
    clearTimeout(this.timers.get(appId));
    const timer = setTimeout(() => {
      this.timers.delete(appId);
      this.verify(appId).then((result) => {
        if (!result.verified && this.emulator.app(appId)?.webhook) {
          this.retryUntilVerified(appId, Math.min(RETRY_MAX_MS, waitMs + RETRY_MS));
        }
      });
    }, waitMs);
    timer.unref();
    this.timers.set(appId, timer);
  }

  async verify(appId: string): Promise<HandshakeResult> {
    const webhook = this.emulator.app(appId)?.webhook;
    if (!webhook) return { verified: false, status: null, reason: "This app has no webhook." };
    const result = await shakeHands(webhook.url, webhook.verifyToken);
    if (result.verified && !webhook.verified) {
      webhook.verified = true;
      this.emulator.options.log(`webhook verified: ${webhook.url}`);
      this.emulator.changed();
    }
    return result;
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
  }
}
