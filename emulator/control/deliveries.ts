import { createHmac } from "node:crypto";
import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import { DELIVERY_HEADERS } from "../webhooks/attempt-delivery";
import { callApp } from "../webhooks/post";
import { signature1, signature256 } from "../webhooks/wire";

const REPLAY_TIMEOUT_MS = 10_000;

export function deliveries(emulator: Emulator, query: URLSearchParams) {
  const bodies = query.get("bodies") === "1";
  const entries = emulator.dispatcher.log.after(Number(query.get("after") ?? 0));
  const pending = emulator.dispatcher.waiting().map(({ body: _body, ...one }) => one);
  return {
    entries: bodies ? entries : entries.map(({ body: _body, ...one }) => one),
    pending,
    held: emulator.dispatcher.heldCount(),
  };
}

export function hold(emulator: Emulator) {
  emulator.dispatcher.hold();
  return {};
}

export function release(emulator: Emulator, input: Input) {
  return emulator.dispatcher.release({
    shuffle: input.flag("shuffle", false),
    reverse: input.flag("reverse", false),
    seed: input.number("seed", 1),
    batchSize: Math.max(1, input.number("batchSize", 1)),
    duplicate: Math.max(1, input.number("duplicate", 1)),
    together: input.oneOf("together", ["entries", "messaging"], "entries"),
  });
}

export function drop(emulator: Emulator) {
  return { dropped: emulator.dispatcher.forget() };
}

/** The same bytes again, in parallel, to other processes too, rightly or wrongly signed. */
export async function replay(emulator: Emulator, input: Input) {
  const attempt = emulator.dispatcher.log.find(input.text("deliveryId"));
  const app = attempt && emulator.app(attempt.appId);
  if (!attempt || !app) throw new Refusal(404, "There is no such delivery.");
  const urls = input.texts("urls") ?? [attempt.url];
  const signature = input.oneOf("signature", ["valid", "wrong", "missing", "sha1-only", "truncated"], "valid");
  const headers = { ...DELIVERY_HEADERS, ...signatureHeaders(signature, app.secret, attempt.body) };
  const posts = Array.from({ length: input.number("times", 1) }, (_, at) =>
    callApp("POST", urls[at % urls.length] ?? attempt.url, headers, attempt.body, REPLAY_TIMEOUT_MS),
  );
  return { statuses: (await Promise.all(posts)).map((result) => result.status) };
}

export function signatureHeaders(kind: string, secret: string, body: string): Record<string, string> {
  const sha1 = signature1(secret, body);
  const sha256 = signature256(secret, body);
  if (kind === "missing") return {};
  if (kind === "sha1-only") return { "x-hub-signature": sha1 };
  if (kind === "truncated") return { "x-hub-signature": sha1, "x-hub-signature-256": sha256.slice(0, -8) };
  if (kind === "wrong") {
    const other = createHmac("sha256", `${secret}x`).update(body).digest("hex");
    return { "x-hub-signature": sha1, "x-hub-signature-256": `sha256=${other}` };
  }
  return { "x-hub-signature": sha1, "x-hub-signature-256": sha256 };
}
