import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { errorMessage } from "../../lib/errors";
import { log } from "../../lib/log";
import type { BroughtApps } from "./brought-apps";
import { readBody } from "./read-body";
import type { WaitingRoom } from "./waiting-room";

/** Meta sends up to 1000 updates in one POST; 3 MB is far above what those need. */
const BODY_LIMIT_BYTES = 3 * 1024 * 1024;
const OWN_ADDRESS = /^\/(\d{1,25})$/;

export type FacebookApp = { id: string; secret: string; verifyToken: string };

/** What an app proves itself with; `again` asks for keys that were changed this moment. */
type Door = { appId: string; keys: Keys; again: () => Promise<Keys | undefined> };
type Keys = { secret: string; verifyTokens: string[] };

/**
 * `GET, POST /webhooks/instagram[/{facebookAppId}]`: Meta's handshake and deliveries, for the installation's app and for
 * those that came with their channels. A delivery is verified over its raw bytes with the secret of the app in the
 * address, committed as raw bytes together with that app, answered 200, and nothing else.
 */
export function createMetaDoor(options: { app: FacebookApp; brought: BroughtApps; room: WaitingRoom }) {
  const { app, brought, room } = options;
  const keys: Keys = { secret: app.secret, verifyTokens: [app.verifyToken] };
  const installation: Door = { appId: app.id, keys, again: async () => undefined };

  async function findDoor(path: string): Promise<Door | null> {
    if (path === "" || path === "/" || path === `/${app.id}`) return installation;
    const appId = OWN_ADDRESS.exec(path)?.[1];
    const keys = appId === undefined ? undefined : await brought.find(appId);
    return appId === undefined || !keys ? null : { appId, keys, again: () => brought.findAgain(appId) };
  }

  return async function metaDoor(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    let door: Door | null;
    try {
      door = await findDoor(url.pathname.slice("/webhooks/instagram".length));
    } catch (error) {
      log.error({ reason: errorMessage(error) }, "the keys of a Facebook app cannot be read");
      return tryAgain(response);
    }
    if (!door) return answer(response, 404, "There is no such webhook.");
    if (request.method === "GET") return shakeHands(response, url.searchParams, door);
    if (request.method !== "POST") return answer(response, 405, "Only GET and POST are served here.");
    const body = await readBody(request, BODY_LIMIT_BYTES);
    if (body === "too_large") return answer(response, 413, "A delivery holds at most 3 MB.");
    if (body === "aborted") return;
    const signature = request.headers["x-hub-signature-256"];
    if (!isSignedBy(door.keys, signature, body) && !isSignedBy(await door.again(), signature, body)) {
      return answer(response, 401, "The signature does not belong to this body and app.");
    }
    if (await room.commit(door.appId, body)) return answer(response, 200, "EVENT_RECEIVED");
    return tryAgain(response);
  };
}

/** Facebook proves nothing here; we prove to Facebook that the address is ours by echoing its challenge. */
async function shakeHands(response: ServerResponse, query: URLSearchParams, door: Door): Promise<void> {
  const challenge = query.get("hub.challenge") ?? "";
  const token = query.get("hub.verify_token");
  const known = hasVerifyToken(door.keys, token) || hasVerifyToken(await door.again(), token);
  if (query.get("hub.mode") !== "subscribe" || !known || !/^[\w-]{1,200}$/.test(challenge)) {
    answer(response, 403, "The verify token is not the one that this desk shows for the app.");
  } else answer(response, 200, challenge);
}

function hasVerifyToken(keys: Keys | undefined, given: string | null): boolean {
  const token = Buffer.from(given ?? "");
  return (keys?.verifyTokens ?? []).map((one) => isEqual(token, Buffer.from(one))).includes(true);
}

function isSignedBy(keys: Keys | undefined, header: string | string[] | undefined, body: Buffer): boolean {
  if (!keys || typeof header !== "string" || !/^sha256=[0-9a-f]{64}$/.test(header)) return false;
  return isEqual(Buffer.from(header.slice(7), "hex"), createHmac("sha256", keys.secret).update(body).digest());
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function tryAgain(response: ServerResponse): void {
  response.setHeader("retry-after", "5");
  answer(response, 503, "The delivery could not be kept. Deliver it again.");
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
