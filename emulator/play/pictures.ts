import { mediaUrl } from "../cdn/media-url";
import { addMedia, storeUpload } from "../cdn/store-upload";
import type { Emulator } from "../emulator";
import { type Call, Refusal } from "../http";
import { assetId, digits } from "../ids";
import { SAMPLES } from "../media/drawings";
import type { Media } from "../world/types";

const UPLOAD_LIMIT_BYTES = 8 * 1024 * 1024;
const UPLOAD_TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** The medium of a built-in sample (made on first use) or of an upload. */
export function pictureMedia(emulator: Emulator, name: string): Media {
  const known = emulator.index.media.get(name);
  if (known) return known;
  if (!SAMPLES.some((sample) => sample.id === name)) throw new Refusal(404, `There is no picture "${name}".`);
  const id = digits(`sample:${name}`, 16);
  return (
    emulator.index.media.get(id) ??
    addMedia(emulator, {
      id,
      kind: "image",
      contentType: "image/png",
      source: { drawing: `picture:${name}` },
      storyId: null,
    })
  );
}

/** A medium of a story of its own, so that its address dies with the story. */
export function storyMedia(emulator: Emulator, name: string, storyId: string): Media {
  const picture = emulator.index.media.get(name);
  const source = picture ? picture.source : { drawing: `story:${sampleId(name)}` };
  const contentType = picture?.contentType ?? "image/png";
  return addMedia(emulator, { id: assetId(), kind: "story", contentType, source, storyId });
}

function sampleId(name: string): string {
  if (!SAMPLES.some((sample) => sample.id === name)) throw new Refusal(404, `There is no picture "${name}".`);
  return name;
}

export function sampleViews(emulator: Emulator) {
  return SAMPLES.map(({ id, name }) => ({ id, name, url: mediaUrl(emulator, pictureMedia(emulator, id).id) }));
}

export async function upload(emulator: Emulator, call: Call) {
  const contentType = (call.req.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  if (!UPLOAD_TYPES.includes(contentType))
    throw new Refusal(415, "Only PNG, JPEG, GIF and WebP pictures can be uploaded.");
  if (call.body.length === 0) throw new Refusal(400, "The picture is empty.");
  if (call.body.length > UPLOAD_LIMIT_BYTES) throw new Refusal(413, "The picture is larger than 8 MB.");
  const media = await storeUpload(emulator, "image", contentType, call.body);
  return { mediaId: media.id, url: mediaUrl(emulator, media.id) };
}
