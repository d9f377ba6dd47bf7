import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Where Meta serves pictures, videos and stories from; only the browser loads them. */
const META_MEDIA = ["https://*.fbcdn.net", "https://*.cdninstagram.com", "https://*.fbsbx.com"];

/** The one page that runs Facebook's script. It stands alone: nothing of the desk is in its document. */
const POP_UP_PAGE = "/channels/connect/pop-up";
/** Where Facebook's script has its frame, through which its window answers. */
const FACEBOOK_FRAMES = "https://staticxx.facebook.com";

type Options = {
  /** Origins of the FACEBOOK_*_URL settings, whose media the browser may load. */
  origins: string[];
  facebook: { sdkUrl: string; webUrl: string };
  appUrl: string;
  development: boolean;
};

/**
 * Headers for pages. Next reads the nonce back from the request's own policy header and puts it on its scripts; ours read `x-nonce`.
 */
export function securityHeaders(options: Options) {
  const media = ["'self'", ...META_MEDIA, ...options.origins].join(" ");
  const facebook = facebookSources(options);
  return function apply(request: IncomingMessage, response: ServerResponse): void {
    const nonce = randomBytes(16).toString("base64");
    const withFacebook = request.url?.split("?")[0] === POP_UP_PAGE;
    const scripts = withFacebook ? facebook.script : "'strict-dynamic'";
    const policy = [
      "default-src 'self'",
      `script-src 'self' 'nonce-${nonce}' ${scripts}${options.development ? " 'unsafe-eval'" : ""}`,
      ...(withFacebook ? [`frame-src ${facebook.frame}`] : []),
      "style-src 'self' 'unsafe-inline'",
      `img-src ${media} data: blob:`,
      `media-src ${media} blob:`,
      `connect-src ${withFacebook ? facebook.connect : "'self'"}${options.development ? " 'self' ws:" : ""}`,
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
    if (options.appUrl.startsWith("https:")) response.setHeader("strict-transport-security", "max-age=31536000");
  };
}

/** What the page with Facebook's script may load and call: that script's origin, and of the desk nothing but the page itself. */
function facebookSources({ facebook, appUrl }: Options): { script: string; frame: string; connect: string } {
  const [sdk, web] = [new URL(facebook.sdkUrl).origin, new URL(facebook.webUrl).origin];
  const frames = web.endsWith(".facebook.com") ? [web, FACEBOOK_FRAMES] : [web];
  return { script: sdk, frame: frames.join(" "), connect: [`${appUrl}${POP_UP_PAGE}`, web, sdk].join(" ") };
}
