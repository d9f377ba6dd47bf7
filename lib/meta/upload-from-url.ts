import type { IncomingMessage } from "node:http";
import { AppError, errorMessage, isAppError } from "../errors";
import type { Ctx } from "../inbox/context";
import type { Upload } from "../inbox/keep-upload";
import { MEDIA_LIMIT_BYTES } from "../inbox/send-limits";
import { checkOutboundUrl, readOutbound } from "../outbound";
import { SECOND } from "../time";
import { uploadMedia } from "./upload-media";

const TIMEOUT_MS = 15 * SECOND;
const LARGEST_BYTES = Math.max(...Object.values(MEDIA_LIMIT_BYTES));

/**
 * Reads a file from an address that a program gave and passes it on to Meta; private networks are refused, redirects are
 * not followed. @throws AppError invalid, too_large and all of `uploadMedia`
 */
export async function uploadFromUrl(
  ctx: Ctx,
  input: { conversationId: string; url: string; name: string },
): Promise<Upload> {
  const url = checkOutboundUrl(input.url);
  const answer = await open(url);
  try {
    const file = {
      conversationId: input.conversationId,
      name: input.name || decodeName(url),
      contentType: answer.headers["content-type"] ?? "",
    };
    const said = Number(answer.headers["content-length"] ?? Number.NaN);
    if (Number.isSafeInteger(said) && answer.headers["content-encoding"] === undefined)
      return await uploadMedia(ctx, { ...file, bytes: said, body: answer });
    // Meta wants to know the length first.
    const whole = await readWhole(answer);
    return await uploadMedia(ctx, { ...file, bytes: whole.length, body: once(whole) });
  } catch (error) {
    if (isAppError(error)) throw error;
    throw unreadable(errorMessage(error));
  } finally {
    answer.destroy();
  }
}

async function open(url: URL): Promise<IncomingMessage> {
  const answer = await readOutbound(url, { timeoutMs: TIMEOUT_MS }).catch((error: unknown) => {
    if (isAppError(error)) throw error;
    throw unreadable(errorMessage(error));
  });
  if (answer.statusCode === 200) return answer;
  answer.destroy();
  const redirects = (answer.statusCode ?? 0) >= 300 && (answer.statusCode ?? 0) < 400;
  throw unreadable(redirects ? "it redirects; give the address that it leads to" : `it answered ${answer.statusCode}`);
}

async function readWhole(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BYTES)
      throw new AppError("too_large", `Instagram takes files of at most ${LARGEST_BYTES / 1024 / 1024} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* once(whole: Buffer): AsyncGenerator<Buffer> {
  yield whole;
}

function decodeName(url: URL): string {
  const last = url.pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch (error) {
    if (error instanceof URIError) return last;
    throw error;
  }
}

function unreadable(why: string): AppError {
  return new AppError("invalid", `The file at this address cannot be read: ${why}.`);
}
