import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pool } from "pg";
import { databaseOf } from "../../lib/db/connection";
import { AppError, errorMessage, errorStatus, isAppError, toldError, UNEXPECTED } from "../../lib/errors";
import type { Member } from "../../lib/inbox/context";
import { log } from "../../lib/log";
import { type Answer, INBOX_ROUTES } from "./inbox-routes";
import { readBody } from "./read-body";

const BODY_LIMIT_BYTES = 64 * 1024;

/** `/api/inbox/*`: JSON for our own pages. What changes something must come from our own pages: Origin and JSON are required. */
export function createInboxDoor(options: {
  pool: Pool;
  appUrl: string;
  readMember: (cookie: string | undefined) => Promise<(Member & { pictureUrl: string | null }) | null>;
}) {
  const db = databaseOf(options.pool);
  const origin = new URL(options.appUrl).origin;

  async function answer(request: IncomingMessage, url: URL): Promise<Answer> {
    const member = await options.readMember(request.headers.cookie);
    if (!member) throw new AppError("unauthenticated", "You are signed out. Sign in again.");
    const path = url.pathname.slice("/api/inbox".length);
    for (const route of INBOX_ROUTES) {
      const match = route.method === request.method ? route.path.exec(path) : null;
      if (!match) continue;
      const body = route.method === "POST" ? await readJson(request, origin) : undefined;
      return route.answer({ ctx: { db, actor: member }, member, query: url.searchParams, body }, match.slice(1));
    }
    throw new AppError("not_found", "There is nothing at this address.");
  }

  return async function inboxDoor(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      const { status = 200, json, location, file } = await answer(request, url);
      if (location) response.setHeader("location", location);
      if (file) response.setHeader("content-disposition", `attachment; filename="${file}"`);
      response.setHeader("cache-control", "no-store");
      write(response, status, json);
    } catch (error) {
      if (!isAppError(error))
        log.error({ path: url.pathname, reason: errorMessage(error) }, "a request of the inbox failed");
      const told = toldError(error);
      const { code, message } = told ?? UNEXPECTED;
      write(response, errorStatus(told), { error: { code, message } });
    }
  };
}

async function readJson(request: IncomingMessage, origin: string): Promise<unknown> {
  if (request.headers.origin !== origin)
    throw new AppError("forbidden", "This request does not come from the desk's own pages.");
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? ""))
    throw new AppError("invalid", "The body must be JSON.");
  const body = await readBody(request, BODY_LIMIT_BYTES);
  if (body === "too_large") throw new AppError("too_large", "The request is too large.");
  if (body === "aborted") throw new AppError("invalid", "The request broke off.");
  try {
    return JSON.parse(body.toString("utf8") || "null");
  } catch {
    throw new AppError("invalid", "The body is not JSON.");
  }
}

function write(response: ServerResponse, status: number, json: unknown): void {
  if (json === undefined) {
    response.writeHead(status);
    response.end();
    return;
  }
  const text = JSON.stringify(json);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
