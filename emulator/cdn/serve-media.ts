import type { Emulator } from "../emulator";
import { type Call, sendText } from "../http";
import { builtIn } from "../media/built-in";
import type { Media } from "../world/types";
import { cdnSignature, storyLives } from "./media-url";

/** Browsers name the destination and the site of every fetch. Node's own `fetch` names a mode, so that is no sign. */
function isBrowser(call: Call): boolean {
  const { headers } = call.req;
  return headers["sec-fetch-dest"] !== undefined && headers["sec-fetch-site"] !== undefined;
}

/** `/cdn/…`: signed media for browsers. A server is counted and refused; a story that is over is 404. */
export async function serveMedia(emulator: Emulator, call: Call): Promise<void> {
  if (call.method !== "GET" && call.method !== "HEAD") return sendText(call.res, 405, "Method not allowed");
  const media = signedMedia(emulator, call.url);
  if (media === "forged") return sendText(call.res, 403, "URL signature mismatch");
  if (media === "expired") return sendText(call.res, 403, "URL signature expired");
  if (!media) return sendText(call.res, 404, "Not found");

  const browser = isBrowser(call);
  emulator.cdnCounts.add(media.kind, browser ? "browser" : "server");
  if (!browser && !emulator.switches.serverMayFetch.includes(media.kind)) {
    return sendText(call.res, 403, "This media is for people's browsers; a server may not fetch it.");
  }
  if (media.kind === "story" && !storyLives(emulator, media)) return sendText(call.res, 404, "Not found");
  const bytes = await mediaBytes(emulator, media);
  if (!bytes) return sendText(call.res, 404, "Not found");
  sendBytes(call, media, bytes);
}

function signedMedia(emulator: Emulator, url: URL): Media | "forged" | "expired" | undefined {
  const avatar = /\/v\/t51\.2885-19\/(\d+)_n\.png$/.exec(url.pathname);
  if (avatar) {
    const id = avatar[1] ?? "";
    const expires = url.searchParams.get("oe") ?? "";
    if (url.searchParams.get("oh") !== cdnSignature(emulator, `${id}:${expires}`)) return "forged";
    if (Number.parseInt(expires, 16) * 1000 < emulator.now()) return "expired";
    return emulator.index.media.get(id);
  }
  if (!url.pathname.startsWith("/cdn/ig_messaging_cdn")) return undefined;
  const id = url.searchParams.get("asset_id") ?? "";
  if (url.searchParams.get("signature") !== cdnSignature(emulator, id)) return "forged";
  return emulator.index.media.get(id);
}

export async function mediaBytes(emulator: Emulator, media: Media): Promise<Buffer | null> {
  if ("stored" in media.source) return emulator.store.getUpload(media.source.stored);
  return builtIn(media.source.drawing);
}

function sendBytes(call: Call, media: Media, bytes: Buffer): void {
  const headers: Record<string, string | number> = {
    "content-type": media.contentType,
    "cache-control": media.kind === "story" ? "private, no-store" : "private, max-age=3600",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
  };
  const range = /^bytes=(\d+)-(\d*)$/.exec(call.req.headers.range ?? "");
  const from = range ? Number(range[1]) : 0;
  const to = range?.[2] ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1;
  if (range && from <= to) {
    headers["content-range"] = `bytes ${from}-${to}/${bytes.length}`;
    call.res.writeHead(206, { ...headers, "content-length": to - from + 1 });
    call.res.end(call.method === "HEAD" ? undefined : bytes.subarray(from, to + 1));
    return;
  }
  call.res.writeHead(200, { ...headers, "content-length": bytes.length });
  call.res.end(call.method === "HEAD" ? undefined : bytes);
}
