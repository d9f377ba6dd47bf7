import { isObject } from "../http";
import type { Business } from "../world/types";
import { fetchMedia } from "./fetch-media";
import type { GraphCall } from "./graph-call";
import { missingParameter } from "./graph-error";
import { keepMedia } from "./keep-media";
import { messageMediaType } from "./media-rules";
import type { FilePart } from "./multipart";

/** `POST /{page-id}/message_attachments`: from an address, or as the file part `filedata`. */
export async function messageAttachments(call: GraphCall, business: Business): Promise<{ attachment_id: string }> {
  const attachment = call.object("message")?.attachment;
  if (!isObject(attachment)) throw missingParameter("message[attachment]");
  const type = messageMediaType(attachment.type);
  // without the platform the attachment is one of Messenger, of no use on Instagram
  const platform = call.text("platform")?.toLowerCase() ?? "messenger";
  const file = call.value("filedata");
  if (isFile(file)) {
    const media = await keepMedia(call, business, type, { bytes: file.bytes, name: file.filename }, platform);
    return { attachment_id: media.id };
  }
  const payload = isObject(attachment.payload) ? attachment.payload : {};
  if (typeof payload.url !== "string") throw missingParameter("message[attachment][payload][url]");
  const media = await fetchMedia(call, business, type, payload.url);
  if (media.upload) media.upload.platform = platform;
  return { attachment_id: media.id };
}

function isFile(value: unknown): value is FilePart {
  return isObject(value) && Buffer.isBuffer(value.bytes);
}
