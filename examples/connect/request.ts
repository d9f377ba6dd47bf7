import type { IncomingMessage } from "node:http";

/** What the answer to a wrong request says. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** @throws Refused 413 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limitBytes) throw new Refused(413, "That is too much at once.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const FORM_LIMIT_BYTES = 20_000;

/** Only our own pages may post. @throws Refused 403, 413 */
export async function readForm(request: IncomingMessage, siteUrl: string): Promise<URLSearchParams> {
  if (request.headers.origin !== new URL(siteUrl).origin) throw new Refused(403, "This form is not one of ours.");
  return new URLSearchParams(await readBody(request, FORM_LIMIT_BYTES));
}
