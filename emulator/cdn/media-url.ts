import { createHmac } from "node:crypto";
import type { Emulator } from "../emulator";
import type { Media } from "../world/types";

/** Profile pictures are signed for a few days, as Meta's are. */
const AVATAR_LIFE_MS = 4 * 24 * 60 * 60 * 1000;

/** A signed CDN address of a medium; profile pictures expire. */
export function mediaUrl(emulator: Emulator, mediaId: string): string {
  const media = emulator.index.media.get(mediaId);
  if (media?.kind === "avatar") {
    const expires = Math.floor((emulator.now() + AVATAR_LIFE_MS) / 1000).toString(16);
    const signature = cdnSignature(emulator, `${mediaId}:${expires}`);
    return `${emulator.publicUrl}/cdn/v/t51.2885-19/${mediaId}_n.png?oh=${signature}&oe=${expires}`;
  }
  return `${emulator.publicUrl}/cdn/ig_messaging_cdn/?asset_id=${mediaId}&signature=${cdnSignature(emulator, mediaId)}`;
}

export function cdnSignature(emulator: Emulator, signed: string): string {
  return createHmac("sha256", emulator.world.cdnKey).update(signed).digest("base64url").slice(0, 43);
}

/** Whether a story's medium can still be seen. */
export function storyLives(emulator: Emulator, media: Media): boolean {
  const story = media.storyId ? findStory(emulator, media.storyId) : null;
  return story !== null && emulator.now() < story.story.endsAt;
}

export function findStory(emulator: Emulator, storyId: string) {
  for (const business of emulator.world.businesses) {
    const story = business.stories.find((one) => one.id === storyId);
    if (story) return { story, owner: { business, customer: null } };
  }
  for (const customer of emulator.world.customers) {
    const story = customer.stories.find((one) => one.id === storyId);
    if (story) return { story, owner: { business: null, customer } };
  }
  return null;
}
