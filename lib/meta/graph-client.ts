import { createHmac, randomUUID } from "node:crypto";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { env } from "../env";
import { type GraphAnswer, interpretGraphAnswer, noAnswer } from "./graph-errors";
import { redactor } from "./graph-redact";

const BODY_LIMIT_BYTES = 8 * 1024 * 1024;
/** Below every server's own limit: a connection that the far end closes while we write leaves us not knowing. */
const IDLE_CONNECTION_MS = 4000;

const CONNECTIONS = { keepAlive: true, timeout: IDLE_CONNECTION_MS, maxSockets: 64, scheduling: "lifo" } as const;
const httpAgent = new HttpAgent(CONNECTIONS);
const httpsAgent = new HttpsAgent(CONNECTIONS);

/** A file as one part of a form, sent on while it comes in. */
export type GraphUpload = {
  fields: Record<string, string>;
  name: string;
  fileName: string;
  contentType: string;
  /** Exactly as many bytes as `body` gives. */
  length: number;
  body: AsyncIterable<Buffer>;
};

export type GraphRequest = {
  method: "GET" | "POST" | "DELETE";
  /** Begins with a slash and carries no version. */
  path: string;
  /** Query; never for secrets, with the one exception that Meta's debug_token leaves no choice. */
  params?: Record<string, string | number>;
  /** At most one of `json`, `form` and `upload`. */
  json?: unknown;
  form?: Record<string, string>;
  upload?: GraphUpload;
  /** Travels in the Authorization header, with its proof beside it. */
  token?: { value: string; appSecret: string };
  /** For everything, from name look-up to the last byte; the connection is destroyed then. */
  timeoutMs: number;
  signal?: AbortSignal;
};

/** Calls Graph once: no redirect is followed and nothing is repeated. Never throws for what the network or Graph does. */
export async function callGraph(request: GraphRequest): Promise<GraphAnswer> {
  const redact = redactor([
    request.token?.value,
    request.token?.appSecret,
    request.params?.input_token,
    ...Object.values(request.form ?? {}),
  ]);
  const exchange = await perform(request);
  if ("failed" in exchange) return noAnswer(exchange.failed, exchange.left);
  return interpretGraphAnswer({ ...exchange, redact });
}

/** lowercase hex HMAC-SHA256 of the token under the app's secret: proves to Meta that this server holds the secret. */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac("sha256", appSecret).update(token).digest("hex");
}

type Exchange =
  | { status: number; headers: IncomingMessage["headers"]; body: string }
  | { failed: "unreachable" | "timeout" | "reset" | "aborted" | "too_large"; left: boolean };

// node:http rather than fetch: Next replaces fetch in its bundle, and only here is it known whether a request ever left.
function perform(request: GraphRequest): Promise<Exchange> {
  const url = graphUrl(request);
  const body = encodeBody(request);
  const options: RequestOptions = {
    method: request.method,
    agent: url.protocol === "https:" ? httpsAgent : httpAgent,
    headers: {
      accept: "application/json",
      ...(request.token && { authorization: `Bearer ${request.token.value}` }),
      ...(body && { "content-type": body.type, "content-length": body.length }),
    },
  };
  return new Promise((resolve) => {
    let settled = false;
    let left = false;
    const call = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options);
    const settle = (exchange: Exchange) => {
      if (settled) return;
      settled = true;
      clearTimeout(deadline);
      request.signal?.removeEventListener("abort", abort);
      resolve(exchange);
      if ("failed" in exchange) call.destroy();
    };
    const fail = (failed: "unreachable" | "timeout" | "reset" | "aborted" | "too_large") => settle({ failed, left });
    const abort = () => fail("aborted");
    const deadline = setTimeout(() => fail("timeout"), request.timeoutMs);
    request.signal?.addEventListener("abort", abort);

    call.on("socket", (socket) => {
      left = call.reusedSocket;
      if (left) return;
      socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => {
        left = true;
      });
    });
    call.on("error", () => fail(left ? "reset" : "unreachable"));
    call.on("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > BODY_LIMIT_BYTES) fail("too_large");
        else chunks.push(chunk);
      });
      response.on("error", () => fail("reset"));
      response.on("close", () => fail("reset"));
      response.on("end", () => {
        const status = response.statusCode ?? 0;
        settle({ status, headers: response.headers, body: Buffer.concat(chunks).toString("utf8") });
      });
    });
    if (request.signal?.aborted) abort();
    else if (body?.stream)
      pipeline(Readable.from(body.stream, { objectMode: false }), call).catch(() => fail("aborted"));
    else call.end(body?.bytes);
  });
}

function graphUrl(request: GraphRequest): URL {
  const { FACEBOOK_GRAPH_URL, FACEBOOK_GRAPH_VERSION } = env();
  const url = new URL(`${FACEBOOK_GRAPH_URL}/${FACEBOOK_GRAPH_VERSION}${request.path}`);
  for (const [name, value] of Object.entries(request.params ?? {})) url.searchParams.set(name, String(value));
  if (request.token) {
    url.searchParams.set("appsecret_proof", appSecretProof(request.token.value, request.token.appSecret));
  }
  return url;
}

type Body = { type: string; length: number; bytes?: Buffer; stream?: AsyncIterable<Buffer> };

function encodeBody(request: GraphRequest): Body | null {
  if (request.upload) return encodeUpload(request.upload);
  if (request.json !== undefined) return whole("application/json", JSON.stringify(request.json));
  if (request.form) return whole("application/x-www-form-urlencoded", new URLSearchParams(request.form).toString());
  return request.method === "POST" ? whole("application/x-www-form-urlencoded", "") : null;
}

function whole(type: string, text: string): Body {
  const bytes = Buffer.from(text);
  return { type, length: bytes.length, bytes };
}

/** RFC 7578, with its length known before the first byte: not every server takes a form in chunks. */
function encodeUpload(upload: GraphUpload): Body {
  const boundary = `replydesk-${randomUUID()}`;
  const fields = Object.entries(upload.fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const fileName = upload.fileName.replace(/[\p{Cc}"\\]/gu, "_");
  const before = Buffer.from(
    `${fields.join("")}--${boundary}\r\nContent-Disposition: form-data; name="${upload.name}"; filename="${fileName}"\r\n` +
      `Content-Type: ${upload.contentType}\r\n\r\n`,
  );
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* parts(): AsyncGenerator<Buffer> {
    yield before;
    yield* upload.body;
    yield after;
  }
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    length: before.length + upload.length + after.length,
    stream: parts(),
  };
}
