import { mediaUrl } from "../cdn/media-url";
import { addMedia, storeUpload } from "../cdn/store-upload";
import type { Emulator } from "../emulator";
import { type Call, Refusal } from "../http";
import { assetId, digits } from "../ids";
import { SAMPLES } from "../media/drawings";
import { sniff } from "../media/sniff";
import type { Media, MediaKind } from "../world/types";

const IMAGE_LIMIT_BYTES = 8 * 1024 * 1024;
const FILE_LIMIT_BYTES = 25 * 1024 * 1024;
const KIND_OF: Record<string, MediaKind> = { image: "image", video: "video", audio: "audio", application: "file" };

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

/** Keeps a picture, a video, a voice note or a PDF of this computer; what it is, its bytes say. */
export async function upload(emulator: Emulator, call: Call) {
  if (call.body.length === 0) throw new Refusal(400, "The file is empty.");
  const contentType = sniff(call.body);
  const kind = contentType && KIND_OF[contentType.split("/")[0] ?? ""];
  if (!contentType || !kind) throw new Refusal(415, "Only pictures, videos, sounds and PDF files can be sent.");
  const limit = kind === "image" ? IMAGE_LIMIT_BYTES : FILE_LIMIT_BYTES;
  if (call.body.length > limit) throw new Refusal(413, `The file is larger than ${limit / 1024 / 1024} MB.`);
  const name = call.url.searchParams.get("name");
  const media = await storeUpload(emulator, kind, contentType, call.body, name ? { name } : {});
  return { mediaId: media.id, url: mediaUrl(emulator, media.id), kind };
}
