import { hmacSha256Base64 } from "../crypto";

/**
 * Headers by which an endpoint knows that a call is ours and fresh: the Standard Webhooks specification, signature v1.
 * @param signingSecret `whsec_` and base64
 */
export function signatureHeaders(given: {
  signingSecret: string;
  id: string;
  /** Seconds since 1970. */
  at: number;
  body: string;
}): Record<string, string> {
  const key = Buffer.from(given.signingSecret.slice("whsec_".length), "base64");
  return {
    "webhook-id": given.id,
    "webhook-timestamp": String(given.at),
    "webhook-signature": `v1,${hmacSha256Base64(key, `${given.id}.${given.at}.${given.body}`)}`,
  };
}
