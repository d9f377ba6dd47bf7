import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pool } from "pg";
import { databaseOf } from "../../lib/db/connection";
import { type AttachmentHead, readPublicAttachment, readPublicBytes } from "../../lib/inbox/read-attachment";

/** What a browser shows and cannot run; everything else is a download. */
const SHOWN = /^(image\/(png|jpeg|gif|webp|avif|heic)|video\/[\w.-]+|audio\/[\w.-]+|application\/pdf)$/;
/** Read from the database at a time. */
const PIECE_BYTES = 1024 * 1024;

/** `GET /attachments/{token}`: a file that was uploaded through the public API, for everyone who knows the address. */
export function createAttachmentsDoor(options: { pool: Pool }) {
  const db = databaseOf(options.pool);

  return async function attachmentsDoor(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    const token = url.pathname.slice("/attachments/".length);
    const file = /^[\w-]{20,100}$/.test(token) ? await readPublicAttachment(db, { token }) : null;
    if (!file) {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
      response.end("There is no file at this address, or not any more.");
      return;
    }
    const range = rangeOf(request.headers.range, file.size);
    if (range === "outside") {
      response.writeHead(416, { "content-range": `bytes */${file.size}` }).end();
      return;
    }
    const { from, to } = range ?? { from: 0, to: file.size - 1 };
    response.writeHead(range ? 206 : 200, {
      ...headersOf(file),
      "content-length": to - from + 1,
      ...(range && { "content-range": `bytes ${from}-${to}/${file.size}` }),
    });
    if (request.method === "GET") await writeBytes(response, token, from, to);
    response.end();
  };

  async function writeBytes(response: ServerResponse, token: string, from: number, to: number): Promise<void> {
    for (let at = from; at <= to && !response.destroyed; at += PIECE_BYTES) {
      const bytes = await readPublicBytes(db, { token, from: at, length: Math.min(PIECE_BYTES, to - at + 1) });
      if (!bytes) {
        // Removed meanwhile: cut off rather than padded.
        response.destroy();
        return;
      }
      if (!response.write(bytes)) await drained(response);
    }
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}

function headersOf({ contentType, name }: AttachmentHead): Record<string, string> {
  const shown = SHOWN.test(contentType);
  const fileName = name === "" ? "" : `; filename*=UTF-8''${encodeURIComponent(name).replace(/[!'()*]/g, escaped)}`;
  return {
    "content-type": shown ? contentType : "application/octet-stream",
    "content-disposition": `${shown ? "inline" : "attachment"}${fileName}`,
    "x-content-type-options": "nosniff",
    // Chromium's PDF viewer does not open in a sandbox.
    "content-security-policy": `default-src 'none'${contentType === "application/pdf" ? "" : "; sandbox"}`,
    "cross-origin-resource-policy": "cross-origin",
    "accept-ranges": "bytes",
    "cache-control": "public, max-age=300",
    "x-robots-tag": "noindex",
  };
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** One range, as players ask; null: all of it. */
function rangeOf(header: string | undefined, size: number): { from: number; to: number } | "outside" | null {
  const [, first, last] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return from > to || from >= size ? "outside" : { from, to };
}
