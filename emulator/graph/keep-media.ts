import { storeUpload } from "../cdn/store-upload";
import type { Business, Media } from "../world/types";
import type { GraphCall } from "./graph-call";
import { GraphError } from "./graph-error";
import { checkMedia, type MessageMediaType, wrongType } from "./media-rules";

/** An attachment id can be used for so long. */
const UPLOAD_LIFE_MS = 90 * 24 * 60 * 60 * 1000;

/** Keeps what an app sends in the CDN, once its bytes are what they are said to be. */
export function keepMedia(
  call: GraphCall,
  business: Business,
  type: MessageMediaType,
  file: { bytes: Buffer; name?: string },
  platform = "instagram",
): Promise<Media> {
  const contentType = checkMedia(type, file.bytes);
  return storeUpload(call.emulator, type, contentType, file.bytes, {
    name: file.name,
    upload: { igId: business.igId, at: call.emulator.now(), platform },
  });
}

/** The medium behind an attachment id: of this account, of this type, not older than 90 days. */
export function uploadedMedia(call: GraphCall, business: Business, type: MessageMediaType, id: string): Media {
  const media = call.emulator.index.media.get(id);
  const upload = media?.upload;
  if (
    !media ||
    upload?.igId !== business.igId ||
    upload.platform !== "instagram" ||
    call.emulator.now() - upload.at > UPLOAD_LIFE_MS
  ) {
    throw new GraphError(100, "(#100) The attachment id is unknown: it does not exist, expired, or is not yours.", {
      subcode: 2018074,
    });
  }
  if (media.kind !== type) throw wrongType(type, media.kind);
  return media;
}
