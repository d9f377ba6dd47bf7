import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pool } from "pg";
import { type ApiRefusal, refuse } from "../../lib/api/api-refusal";
import { type FilePart, filePart } from "../../lib/api/multipart";
import { idRange } from "../../lib/api/public-id";
import { readQuery } from "../../lib/api/read-query";
import { refusalOf } from "../../lib/api/refusal-of";
import { noQuery } from "../../lib/api/schemas/common";
import { validate } from "../../lib/api/validate";
import { type ApiKey, readApiKey } from "../../lib/auth/read-api-key";
import { touchApiKey } from "../../lib/auth/touch-api-key";
import type { Keyring } from "../../lib/crypto";
import { databaseOf } from "../../lib/db/connection";
import { errorMessage } from "../../lib/errors";
import { findWorkspace } from "../../lib/inbox/find-workspace";
import { log } from "../../lib/log";
import { matchRoute } from "../api/match-route";
import { createApiDocuments } from "./api-documents";
import { limitRequests } from "./limit-requests";
import { readBody } from "./read-body";

const BODY_LIMIT_BYTES = 100 * 1024;
/** Of what account keys do beside the workspaces. */
const NO_WORKSPACE = "00000000-0000-0000-0000-000000000000";
const FILE_LIMIT_BYTES = 25 * 1024 * 1024;
/** The boundaries and headers around the file. */
const AROUND_BYTES = 16 * 1024;
/** Files are held in memory on their way to the database. */
const FILES_AT_ONCE = 8;
const REQUESTS_PER_MINUTE = 6_000;
/** What a busy desk asks programs to wait. */
const BUSY_SECONDS = 5;

/** `/v2/*` and `/sc/v2/*`: the public API. Key first, then scope, workspace, query, body; every answer is JSON. */
export function createApiDoor(options: { pool: Pool; keyring: Keyring; appUrl: string; requestsPerMinute?: number }) {
  const requests = limitRequests(options.requestsPerMinute ?? REQUESTS_PER_MINUTE);
  const db = databaseOf(options.pool);
  const serveDocument = createApiDocuments(options.appUrl);
  let filesNow = 0;

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<{ status: number; json: unknown }> {
    const mount = url.pathname.startsWith("/sc/") ? "/sc" : "";
    const key = await readApiKey(db, options.keyring, request.headers.authorization);
    if (!key) throw unauthorized();
    countRequest(response, key);
    const { route, answer: answerRoute, params } = matchRoute(request.method ?? "", url.pathname.slice(mount.length));
    if (!route.scopes.includes(key.scope)) throw refuse(403, "forbidden", "Forbidden");
    const workspaceId = route.path.includes("{appId}") ? await workspaceOf(key, params.appId) : NO_WORKSPACE;
    const query = validate(route.query ?? noQuery, readQuery(url.searchParams), "query");
    const done = route.takesFile ? beginFile() : null;
    try {
      const file = route.takesFile ? await readFile(request) : null;
      const body = route.body ? validate(route.body, await readJson(request, route.bodyOptional), "body") : undefined;
      if (!(await touchApiKey(db, key.id))) throw unauthorized();
      const actor = {
        type: "api_key" as const,
        workspaceId,
        keyId: key.id,
        people: key.people,
        integrationId: key.integrationId,
      };
      const { keyring, appUrl } = options;
      const base = `${appUrl}${mount}`;
      const call = {
        ctx: { db, actor },
        key,
        keyring,
        params,
        query,
        body,
        file,
        base,
        appUrl,
        idempotencyKey: keyOf(request),
      };
      return { status: route.status, json: await answerRoute(call) };
    } finally {
      done?.();
    }
  }

  /** @throws ApiRefusal 429 */
  function countRequest(response: ServerResponse, key: ApiKey): void {
    const { limit, left, resetSeconds } = requests.take(key.id);
    response.setHeader("ratelimit-limit", limit);
    response.setHeader("ratelimit-remaining", Math.max(0, left));
    response.setHeader("ratelimit-reset", resetSeconds);
    if (left >= 0) return;
    response.setHeader("retry-after", resetSeconds);
    throw refuse(429, "too_many_requests", `A key may make ${limit} requests a minute; try again in ${resetSeconds} s`);
  }

  /** @returns what tells that it is over @throws ApiRefusal 503 */
  function beginFile(): () => void {
    if (filesNow >= FILES_AT_ONCE)
      throw refuse(503, "service_unavailable", "Too many files are coming in at once; try again in a moment");
    filesNow += 1;
    return () => {
      filesNow -= 1;
    };
  }

  /** A key of one workspace knows no other: another's is as absent. @throws ApiRefusal 404 */
  async function workspaceOf(key: ApiKey, appId: string | undefined): Promise<string> {
    const range = idRange(appId ?? "");
    const found = range && (await findWorkspace(db, range));
    if (!found || (key.workspaceId !== null && key.workspaceId !== found))
      throw refuse(404, "app_not_found", "App not found");
    return found;
  }

  return async function apiDoor(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      if (serveDocument(request, response, url)) return;
      const { status, json } = await answer(request, response, url);
      write(response, status, json);
    } catch (error) {
      const refusal = refusalOf(error) ?? unexpected(error, url);
      if (refusal.status === 503) response.setHeader("retry-after", BUSY_SECONDS);
      if (refusal.allow) response.setHeader("allow", refusal.allow);
      write(response, refusal.status, { errors: refusal.errors });
    }
  };
}

function unauthorized(): ApiRefusal {
  return refuse(401, "unauthorized", "Authorization is required");
}

function unexpected(error: unknown, url: URL): ApiRefusal {
  log.error({ path: url.pathname, reason: errorMessage(error) }, "a request of the public API failed");
  return refuse(500, "internal_error", "Something went wrong on the desk's side; try again");
}

/** @throws ApiRefusal 400 */
function keyOf(request: IncomingMessage): string | null {
  const given = request.headers["idempotency-key"];
  if (given === undefined) return null;
  if (typeof given === "string" && /^[\x21-\x7e]{1,255}$/.test(given)) return given;
  throw refuse(400, "bad_request", "Idempotency-Key: is 1 to 255 visible characters");
}

/** @throws ApiRefusal 400, 413, 415 */
async function readFile(request: IncomingMessage): Promise<FilePart> {
  const contentType = request.headers["content-type"] ?? "";
  if (!/^multipart\/form-data\b/i.test(contentType))
    throw refuse(
      415,
      "unsupported_media_type",
      "The body must be multipart/form-data with the file in the part source",
    );
  const body = await readBody(request, FILE_LIMIT_BYTES + AROUND_BYTES);
  if (body === "aborted") throw refuse(400, "bad_request", "The request broke off");
  const file = body === "too_large" ? null : filePart(body, contentType, "source");
  if (!file || file.bytes.length > FILE_LIMIT_BYTES)
    throw refuse(413, "payload_too_large", "source: is limited to 25 MB");
  return file;
}

/** @throws ApiRefusal 400, 413, 415 */
async function readJson(request: IncomingMessage, optional = false): Promise<unknown> {
  const body = await readBody(request, BODY_LIMIT_BYTES);
  if (body === "too_large") throw refuse(413, "payload_too_large", "The body is limited to 100 kB");
  if (body === "aborted") throw refuse(400, "bad_request", "The request broke off");
  if (optional && body.length === 0) return {};
  if ((request.headers["content-encoding"] ?? "identity") !== "identity")
    throw refuse(415, "unsupported_media_type", "The body must come uncompressed, without Content-Encoding");
  if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? ""))
    throw refuse(415, "unsupported_media_type", "The body must be application/json");
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw refuse(400, "bad_request", "The body is not JSON");
    throw error;
  }
}

function write(response: ServerResponse, status: number, json: unknown): void {
  const text = JSON.stringify(json);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    ...(status === 401 && { "www-authenticate": 'Basic realm="Replydesk"' }),
  });
  response.end(text);
}
