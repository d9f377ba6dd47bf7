import type { IncomingMessage } from "node:http";

/** How much of a body that is too large is still thrown away, and for how long, before the answer is written. */
const DRAIN_BYTES = 32 * 1024 * 1024;
const DRAIN_MS = 5_000;

/**
 * The whole body, or why there is none. Past the limit nothing is kept; the rest is thrown away first, because a client
 * that still writes when the answer comes may only see its connection break.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | "too_large" | "aborted"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let tooLarge = Number(request.headers["content-length"] ?? 0) > limitBytes;
    let drain: NodeJS.Timeout | undefined;
    const settle = (result: Buffer | "too_large" | "aborted") => {
      clearTimeout(drain);
      resolve(result);
    };
    const startDrain = () => {
      drain ??= setTimeout(() => settle("too_large"), DRAIN_MS);
    };
    if (tooLarge) startDrain();
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) tooLarge = true;
      if (!tooLarge) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      startDrain();
      if (size > limitBytes + DRAIN_BYTES) settle("too_large");
    });
    request.once("end", () => {
      if (tooLarge) settle("too_large");
      else settle(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.once("error", () => settle("aborted"));
    request.once("close", () => settle("aborted"));
  });
}
