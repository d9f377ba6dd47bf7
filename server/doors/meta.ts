import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "./read-body";
import type { WaitingRoom } from "./waiting-room";

/** Meta sends up to 1000 updates in one POST; 3 MB is far above what those need. */
const BODY_LIMIT_BYTES = 3 * 1024 * 1024;

export type FacebookApp = { id: string; secret: string; verifyToken: string };

/**
 * `GET, POST /webhooks/instagram[/{facebookAppId}]`: Meta's handshake and deliveries.
 * A delivery is verified over its raw bytes, committed as raw bytes, answered 200, and nothing else.
 */
export function createMetaDoor(options: { app: FacebookApp; room: WaitingRoom }) {
  const { app, room } = options;

  return async function metaDoor(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const named = url.pathname.slice("/webhooks/instagram".length);
    if (named !== "" && named !== "/" && named !== `/${app.id}`)
      return answer(response, 404, "There is no such webhook.");
    if (request.method === "GET") return shakeHands(response, url.searchParams, app);
    if (request.method !== "POST") return answer(response, 405, "Only GET and POST are served here.");
    const body = await readBody(request, BODY_LIMIT_BYTES);
    if (body === "too_large") return answer(response, 413, "A delivery holds at most 3 MB.");
    if (body === "aborted") return;
    if (!isSignedBy(app.secret, request.headers["x-hub-signature-256"], body)) {
      return answer(response, 401, "The signature does not belong to this body and app.");
    }
    if (await room.commit(app.id, body)) return answer(response, 200, "EVENT_RECEIVED");
    response.setHeader("retry-after", "5");
    return answer(response, 503, "The delivery could not be kept. Deliver it again.");
  };
}

/** Facebook proves nothing here; we prove to Facebook that the address is ours by echoing its challenge. */
function shakeHands(response: ServerResponse, query: URLSearchParams, app: FacebookApp): void {
  const challenge = query.get("hub.challenge") ?? "";
  const token = Buffer.from(query.get("hub.verify_token") ?? "");
  const expected = Buffer.from(app.verifyToken);
  const known = token.length === expected.length && timingSafeEqual(token, expected);
  if (query.get("hub.mode") !== "subscribe" || !known || !/^[\w-]{1,200}$/.test(challenge)) {
    answer(response, 403, "The verify token is not the one in FACEBOOK_WEBHOOK_VERIFY_TOKEN.");
  } else answer(response, 200, challenge);
}

function isSignedBy(secret: string, header: string | string[] | undefined, body: Buffer): boolean {
  if (typeof header !== "string" || !/^sha256=[0-9a-f]{64}$/.test(header)) return false;
  const given = Buffer.from(header.slice(7), "hex");
  return timingSafeEqual(given, createHmac("sha256", secret).update(body).digest());
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
