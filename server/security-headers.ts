import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Where Meta serves pictures, videos and stories from; only the browser loads them. */
const META_MEDIA = ["https://*.fbcdn.net", "https://*.cdninstagram.com", "https://*.fbsbx.com"];

/**
 * Headers for pages. Next reads the nonce back from the request's own policy header and puts it on its scripts; ours read `x-nonce`.
 * @param options.origins origins of the FACEBOOK_*_URL settings, whose media the browser may load
 */
export function securityHeaders(options: { origins: string[]; development: boolean; https: boolean }) {
  const media = ["'self'", ...META_MEDIA, ...options.origins].join(" ");
  return function apply(request: IncomingMessage, response: ServerResponse): void {
    const nonce = randomBytes(16).toString("base64");
    const policy = [
      "default-src 'self'",
      `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${options.development ? " 'unsafe-eval'" : ""}`,
      "style-src 'self' 'unsafe-inline'",
      `img-src ${media} data: blob:`,
      `media-src ${media} blob:`,
      `connect-src 'self'${options.development ? " ws:" : ""}`,
      "font-src 'self'",
      `form-action 'self' ${options.origins.join(" ")}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
    ].join("; ");
    request.headers["content-security-policy"] = policy;
    request.headers["x-nonce"] = nonce;
    response.setHeader("content-security-policy", policy);
    response.setHeader("referrer-policy", "same-origin");
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("x-frame-options", "DENY");
    response.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=(self), payment=()");
    if (options.https) response.setHeader("strict-transport-security", "max-age=31536000");
  };
}
