import type { ServerResponse } from "node:http";
import type { Settings } from "./settings";

/** Facebook's script runs on the one page that logs in, and nowhere else. */
export function securityHeaders(
  response: ServerResponse,
  { facebook }: Settings,
  { withFacebook }: { withFacebook: boolean },
): void {
  const [sdk, web, graph] = [facebook.sdkUrl, facebook.webUrl, facebook.graphUrl].map((url) => new URL(url).origin);
  const frames = "https://*.facebook.com";
  const policy = [
    "default-src 'none'",
    `script-src 'self'${withFacebook ? ` ${sdk}` : ""}`,
    `connect-src 'self'${withFacebook ? ` ${web} ${sdk} ${frames}` : ""}`,
    ...(withFacebook ? [`frame-src ${web} ${frames}`] : []),
    "style-src 'self'",
    `img-src 'self' https: ${graph}`,
    `form-action 'self' ${web}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
  response.setHeader("content-security-policy", policy);
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("x-content-type-options", "nosniff");
}
