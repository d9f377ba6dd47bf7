import { z } from "zod";
import { AppError } from "../errors";
import type { Ctx } from "../inbox/context";
import { keepUpload, type Upload } from "../inbox/keep-upload";
import { pauseChannel } from "../inbox/pause-channel";
import { readUsableChannel, type UsableChannel } from "../inbox/read-usable-channel";
import { MEDIA_LIMIT_BYTES } from "../inbox/send-limits";
import { noteRefusal } from "./doctor/note-refusal";
import { callGraph } from "./graph-client";
import type { GraphAnswer } from "./graph-errors";
import { pageToken } from "./page-token";
import { LARGEST_PICTURE_PIXELS, pictureSize } from "./picture-size";
import { SNIFF_BYTES, type Sniffed, sniffMedia } from "./sniff-media";

/** A slow line takes its time over 25 MB. */
const TIMEOUT_MS = 5 * 60_000;
/** Cameras put a preview and colour profiles before a picture's size, never this much. */
const LONGEST_HEADER_BYTES = 1024 * 1024;
const NAME_CHARACTERS = 120;
const LARGEST_BYTES = Math.max(...Object.values(MEDIA_LIMIT_BYTES));

export type IncomingFile = {
  conversationId: string;
  name: string;
  contentType: string;
  /** As announced; `body` gives exactly so many. */
  bytes: number;
  body: AsyncIterable<Buffer>;
};

const answerBody = z.looseObject({ attachment_id: z.union([z.string().min(1), z.number().transform(String)]) });

/**
 * Passes a file on to Meta while it comes in, once its beginning shows that Instagram takes it. Nothing of it stays here.
 * @throws AppError not_found, channel_unusable, invalid, too_large, rate_limited, graph_failed
 */
export async function uploadMedia(ctx: Ctx, file: IncomingFile): Promise<Upload> {
  const channel = await readUsableChannel(ctx, file);
  const name = nameOf(file.name);
  if (file.bytes === 0) throw new AppError("invalid", "The file is empty.");
  if (file.bytes > LARGEST_BYTES) throw tooLarge(file.bytes, LARGEST_BYTES);
  const source = file.body[Symbol.asyncIterator]();
  const { head, sniffed } = await readHead(source, file.contentType);
  const limit = MEDIA_LIMIT_BYTES[sniffed.media];
  if (file.bytes > limit) throw tooLarge(file.bytes, limit);
  const answer = await callGraph({
    method: "POST",
    path: `/${channel.pageId}/message_attachments`,
    upload: {
      fields: {
        platform: "instagram",
        message: JSON.stringify({ attachment: { type: sniffed.media, payload: { is_reusable: true } } }),
      },
      name: "filedata",
      fileName: name,
      contentType: sniffed.contentType,
      length: file.bytes,
      body: rejoined(head, source),
    },
    token: await pageToken(ctx, channel),
    timeoutMs: TIMEOUT_MS,
  });
  const attachmentId = await attachmentIdOf(ctx, channel, answer);
  return keepUpload(ctx, channel, { ...sniffed, name, bytes: file.bytes, attachmentId });
}

/** As much of the beginning as tells the format and, of a picture, its size. @throws AppError invalid */
async function readHead(source: AsyncIterator<Buffer>, declared: string): Promise<{ head: Buffer; sniffed: Sniffed }> {
  let head: Buffer = Buffer.alloc(0);
  let ended = false;
  const readTo = async (length: number) => {
    const chunks = [head];
    let size = head.length;
    while (size < length && !ended) {
      const { value, done } = await source.next();
      if (done) ended = true;
      else {
        chunks.push(value);
        size += value.length;
      }
    }
    head = Buffer.concat(chunks);
  };
  await readTo(SNIFF_BYTES);
  const sniffed = sniffMedia(head.subarray(0, SNIFF_BYTES), declared);
  if ("refused" in sniffed) throw new AppError("invalid", sniffed.refused);
  if (sniffed.media !== "image") return { head, sniffed };
  let size = pictureSize(head, sniffed.contentType);
  while (size === "more" && !ended && head.length < LONGEST_HEADER_BYTES) {
    await readTo(head.length * 2);
    size = pictureSize(head, sniffed.contentType);
  }
  if (size === "more" || size === null)
    throw new AppError(
      "invalid",
      "This picture is damaged: its size cannot be read. Save it anew and attach it again.",
    );
  if (size.width * size.height > LARGEST_PICTURE_PIXELS) {
    throw new AppError(
      "invalid",
      `This picture has ${size.width} × ${size.height} pixels; ${LARGEST_PICTURE_PIXELS / 1_000_000} million in all are the most. Send it smaller.`,
    );
  }
  return { head, sniffed };
}

async function* rejoined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function attachmentIdOf(ctx: Ctx, channel: UsableChannel, answer: GraphAnswer): Promise<string> {
  if (answer.kind === "answer") {
    const body = answerBody.safeParse(answer.body);
    if (body.success) return body.data.attachment_id;
    throw new AppError("graph_failed", "Instagram did not confirm the file. Attach it again.");
  }
  if (answer.kind === "none") throw new AppError("graph_failed", answer.words);
  const { error } = answer;
  if (error.class === "wait") {
    await pauseChannel(ctx, { ...channel, ms: error.waitMs ?? 60_000 });
    throw new AppError("rate_limited", `${error.words} Attach the file again then.`);
  }
  await noteRefusal(ctx, channel, error);
  throw new AppError("graph_failed", error.words);
}

function tooLarge(bytes: number, limit: number): AppError {
  const megabytes = (n: number) => (n / 1024 / 1024).toFixed(n % (1024 * 1024) === 0 ? 0 : 1);
  return new AppError(
    "too_large",
    `This file has ${megabytes(bytes)} MB; Instagram takes ${megabytes(limit)} MB at most. Send a smaller one.`,
  );
}

function nameOf(given: string): string {
  const name = given
    .toWellFormed()
    .replace(/[\p{Cc}/\\]/gu, " ")
    .trim()
    .slice(0, NAME_CHARACTERS)
    .toWellFormed();
  return name === "" ? "file" : name;
}
