import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pool } from "pg";
import { databaseOf } from "../../lib/db/connection";
import { AppError, errorMessage, errorStatus, isAppError, toldError, UNEXPECTED } from "../../lib/errors";
import type { Member } from "../../lib/inbox/context";
import { log } from "../../lib/log";
import { uploadMedia } from "../../lib/meta/upload-media";

/** What is still taken off the line after a refusal, so that the browser reads the reason instead of a broken connection. */
const DRAIN_BYTES = 64 * 1024 * 1024;

/**
 * `POST /api/inbox/uploads?conversation={id}&name={file name}`: the file is the body. From our own pages only (Origin).
 * It goes on to Meta while it comes in. 201 {id, media, name, bytes}
 */
export function createUploadsDoor(options: {
  pool: Pool;
  appUrl: string;
  readMember: (cookie: string | undefined) => Promise<Member | null>;
}) {
  const db = databaseOf(options.pool);
  const origin = new URL(options.appUrl).origin;

  return async function uploadsDoor(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      const member = await options.readMember(request.headers.cookie);
      if (!member) throw new AppError("unauthenticated", "You are signed out. Sign in again.");
      if (request.method !== "POST") throw new AppError("not_found", "There is nothing at this address.");
      if (request.headers.origin !== origin)
        throw new AppError("forbidden", "This request does not come from the desk's own pages.");
      const bytes = Number(request.headers["content-length"] ?? Number.NaN);
      if (!Number.isSafeInteger(bytes)) throw new AppError("invalid", "A file is sent with its length.");
      const upload = await uploadMedia(
        { db, actor: member },
        {
          conversationId: url.searchParams.get("conversation") ?? "",
          name: url.searchParams.get("name") ?? "",
          contentType: request.headers["content-type"] ?? "",
          bytes,
          body: request.iterator({ destroyOnReturn: false }),
        },
      );
      answer(response, 201, upload);
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      if (!isAppError(error)) log.error({ reason: errorMessage(error) }, "an upload failed");
      const told = toldError(error);
      const { code, message } = told ?? UNEXPECTED;
      drain(request);
      answer(response, errorStatus(told), { error: { code, message } });
    }
  };
}

function drain(request: IncomingMessage): void {
  let left = DRAIN_BYTES;
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.on("error", () => undefined);
  request.resume();
}

function answer(response: ServerResponse, status: number, json: unknown): void {
  const text = JSON.stringify(json);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
  });
  response.end(text);
}
