import { storeUpload } from "../cdn/store-upload";
import type { Emulator } from "../emulator";
import { isObject } from "../http";
import type { MediaKind } from "../world/types";
import type { GraphCall } from "./graph-call";
import { GraphError, missingParameter } from "./graph-error";
import type { FilePart } from "./multipart";

const FETCH_TIMEOUT_MS = 10_000;
const MB = 1024 * 1024;
const RULES: Record<string, { types: RegExp; max: number }> = {
  image: { types: /^image\/(png|jpeg|gif)$/, max: 8 * MB },
  audio: { types: /^(audio\/|video\/mp4)/, max: 25 * MB },
  video: { types: /^video\//, max: 25 * MB },
  file: { types: /^application\/pdf$/, max: 25 * MB },
};

/** Fetches a medium as Meta's fetcher would and keeps it in the CDN. Returns its media id. */
export async function mediaFromUrl(emulator: Emulator, type: string, url: string): Promise<string> {
  const unreachable = () => new GraphError(100, "(#100) Failed to fetch the file from the url", { subcode: 2018008 });
  let answer: Response;
  try {
    answer = await fetch(url, {
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      headers: { "user-agent": "facebookexternalhit/1.1" },
    });
  } catch {
    throw unreachable();
  }
  if (!answer.ok) throw unreachable();
  const contentType = (answer.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
  return keepMedia(emulator, type, contentType, Buffer.from(await answer.arrayBuffer()));
}

async function keepMedia(emulator: Emulator, type: string, contentType: string, bytes: Buffer): Promise<string> {
  const rule = RULES[type];
  if (!rule?.types.test(contentType)) {
    throw new GraphError(100, `(#100) Attachment type does not match: ${contentType || "unknown"} is no ${type}`, {
      subcode: 2018047,
    });
  }
  if (bytes.length > rule.max)
    throw new GraphError(100, "(#100) The attachment size exceeds the limit", { subcode: 2018109 });
  return (await storeUpload(emulator, type as MediaKind, contentType, bytes)).id;
}

/** `POST /{page-id}/message_attachments`: from an address, or as the file part `filedata`. */
export async function messageAttachments(call: GraphCall): Promise<Record<string, unknown>> {
  const attachment = call.object("message")?.attachment;
  if (!isObject(attachment)) throw missingParameter("message[attachment]");
  const type = String(attachment.type);
  const file = call.value("filedata");
  if (isFile(file)) return { attachment_id: await keepMedia(call.emulator, type, file.contentType, file.bytes) };
  const payload = isObject(attachment.payload) ? attachment.payload : {};
  if (typeof payload.url !== "string") throw missingParameter("message[attachment][payload][url]");
  return { attachment_id: await mediaFromUrl(call.emulator, type, payload.url) };
}

export function uploadedMedia(call: GraphCall, id: string): string {
  const media = call.emulator.index.media.get(id);
  if (!media || !("stored" in media.source))
    throw new GraphError(100, "(#100) Unknown attachment id", { subcode: 2018074 });
  return id;
}

function isFile(value: unknown): value is FilePart {
  return isObject(value) && Buffer.isBuffer(value.bytes);
}
