import { z } from "zod";
import { equalInConstantTime, hmacSha256 } from "../crypto";
import { DAY, MINUTE, SECOND } from "../time";
import type { FacebookApp } from "./facebook-apps";
import { metaId } from "./webhook-values";

/** What Facebook vouches for: this person, as this app knows them. `proof` tells it from every other request. */
export type SignedRequest = { facebookAppId: string; personId: string; proof: string };

export type SignedRequestProblem = "malformed" | "forged" | "stale";

/** How old it may be: a desk that was down for a night still hears of it. */
const MAX_AGE_MS = DAY;
/** How far Meta's clock and ours may differ. */
const MAX_AHEAD_MS = 5 * MINUTE;

const SIGNATURE_BYTES = 32;

const payload = z.object({
  user_id: metaId,
  algorithm: z.string().refine((name) => name.toUpperCase() === "HMAC-SHA256"),
  issued_at: z.number().int().positive(),
  expires: z.number().optional(),
});

/**
 * Opens a `signed_request`: `<signature>.<payload>`, both base64url, signed over the encoded payload with the app's
 * secret. It does not name its app, so every app is tried.
 * @param at milliseconds since 1970
 */
export function openSignedRequest(
  text: string,
  apps: FacebookApp[],
  at: number,
): SignedRequest | { problem: SignedRequestProblem } {
  const [encodedSignature = "", encodedPayload = "", ...rest] = text.split(".");
  const signature = Buffer.from(encodedSignature, "base64url");
  if (rest.length > 0 || !isBase64Url(encodedSignature) || !isBase64Url(encodedPayload))
    return { problem: "malformed" };
  if (signature.length !== SIGNATURE_BYTES) return { problem: "forged" };
  // Compared with each of them, found or not: how long it takes tells nothing.
  const signers = apps.filter(({ secret }) => equalInConstantTime(signature, hmacSha256(secret, encodedPayload)));
  const app = signers[0];
  if (!app) return { problem: "forged" };
  const told = payload.safeParse(parseJson(Buffer.from(encodedPayload, "base64url").toString("utf8")));
  if (!told.success) return { problem: "malformed" };
  const { user_id: personId, issued_at: issuedAt, expires = 0 } = told.data;
  const age = at - issuedAt * SECOND;
  if (age > MAX_AGE_MS || age < -MAX_AHEAD_MS || (expires > 0 && expires * SECOND < at)) return { problem: "stale" };
  // Over what was signed: the same signature can be written in more than one way.
  return { facebookAppId: app.id, personId, proof: `${app.id} ${encodedPayload}` };
}

function isBase64Url(text: string): boolean {
  return /^[\w-]+={0,2}$/.test(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
