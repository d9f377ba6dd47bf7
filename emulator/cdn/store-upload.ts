import type { Emulator } from "../emulator";
import { assetId } from "../ids";
import type { Media, MediaKind } from "../world/types";

/** Keeps bytes as a new medium of the CDN. */
export async function storeUpload(
  emulator: Emulator,
  kind: MediaKind,
  contentType: string,
  bytes: Buffer,
  more: Pick<Media, "name" | "upload"> = {},
): Promise<Media> {
  const id = assetId();
  await emulator.store.putUpload(id, bytes);
  return addMedia(emulator, { id, kind, contentType, source: { stored: id }, storyId: null, ...more });
}

export function addMedia(emulator: Emulator, media: Media): Media {
  emulator.world.media.push(media);
  emulator.index.media.set(media.id, media);
  emulator.changed();
  return media;
}
