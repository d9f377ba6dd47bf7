import { addMedia } from "../cdn/store-upload";
import type { Emulator } from "../emulator";
import { digits } from "../ids";
import type { Business } from "../world/types";

/** A post on a business's profile. */
export interface Post {
  id: string;
  caption: string;
  code: string;
  mediaId: string;
  postedAt: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const NEWEST_POSTED_AT = Date.UTC(2026, 9, 30, 9, 15);
const CAPTIONS: [picture: string, caption: string][] = [
  ["vase", "New glaze, new week. Which one goes to your table?\n#handmade"],
  ["knit", "Behind every piece: patience, wool and a lot of tea."],
  ["sea", "Studio closed on Friday. We are at the water 🌊"],
  ["night", "Late opening on Thursday until ten. Come by!"],
  ["sunset", "Last light on the terrace after the market."],
  ["vase", "Restocked: the sea-green vase, in two sizes."],
];

/** The posts of a business account, newest first; the same ones every time. */
export function postsOf(emulator: Emulator, business: Business): Post[] {
  return CAPTIONS.map(([picture, caption], n) => {
    const key = `post:${business.igId}:${n}`;
    return {
      id: `180${digits(key, 14)}`,
      caption,
      code: `D${Buffer.from(digits(key, 8)).toString("base64url").slice(0, 10)}`,
      mediaId: postMedia(emulator, picture),
      postedAt: NEWEST_POSTED_AT - n * 3 * DAY_MS,
    };
  });
}

export function permalink(post: Post): string {
  return `https://www.instagram.com/p/${post.code}/`;
}

function postMedia(emulator: Emulator, picture: string): string {
  const id = digits(`shared:${picture}`, 16);
  if (!emulator.index.media.has(id)) {
    addMedia(emulator, {
      id,
      kind: "share",
      contentType: "image/png",
      source: { drawing: `picture:${picture}` },
      storyId: null,
    });
  }
  return id;
}
