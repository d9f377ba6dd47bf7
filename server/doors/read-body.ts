import type { IncomingMessage } from "node:http";

/** The whole body, or why there is none. Past the limit nothing more is kept; the rest is thrown away unread. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | "too_large" | "aborted"> {
  return new Promise((resolve) => {
    if (Number(request.headers["content-length"] ?? 0) > limitBytes) {
      request.resume();
      resolve("too_large");
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) {
        chunks.length = 0;
        resolve("too_large");
      } else chunks.push(chunk);
    });
    request.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once("error", () => resolve("aborted"));
    request.once("close", () => resolve("aborted"));
  });
}
