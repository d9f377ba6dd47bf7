import { addMedia } from "../cdn/store-upload";
import type { Emulator } from "../emulator";
import { digits } from "../ids";
import type { Business } from "../world/types";

export type PostType = "IMAGE" | "CAROUSEL_ALBUM" | "VIDEO";

/** A post on a business's profile; a VIDEO is a reel. */
export interface Post {
  id: string;
  type: PostType;
  caption: string;
  code: string;
  /** The picture, or the film of a reel. */
  mediaId: string;
  /** A picture in any case. */
  thumbnailId: string;
  postedAt: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const NEWEST_POSTED_AT = Date.UTC(2026, 9, 30, 9, 15);
const POSTS: [picture: string, type: PostType, caption: string][] = [
  ["vase", "IMAGE", "New glaze, new week. Which one goes to your table?\n#handmade"],
  ["knit", "IMAGE", "Behind every piece: patience, wool and a lot of tea."],
  ["sea", "VIDEO", "Studio closed on Friday. We are at the water 🌊"],
  ["night", "CAROUSEL_ALBUM", "Late opening on Thursday until ten. Come by!"],
  ["sunset", "IMAGE", "Last light on the terrace after the market."],
  ["vase", "IMAGE", "Restocked: the sea-green vase, in two sizes."],
];

/** Enough for a second page. */
const ARCHIVE = Array.from({ length: 24 }, (_, n): [picture: string, type: PostType, caption: string] => [
  POSTS[n % POSTS.length]?.[0] ?? "vase",
  "IMAGE",
  `From the archive, number ${24 - n}.`,
]);

/** The posts of a business account, newest first; the same ones every time. */
export function postsOf(emulator: Emulator, business: Business): Post[] {
  return [...POSTS, ...ARCHIVE].map(([picture, type, caption], n) => {
    const key = `post:${business.igId}:${n}`;
    return {
      id: `180${digits(key, 14)}`,
      type,
      caption,
      code: `D${Buffer.from(digits(key, 8)).toString("base64url").slice(0, 10)}`,
      mediaId: type === "VIDEO" ? sharedMedia(emulator, "clip", "video/mp4") : thumbnail(emulator, picture),
      thumbnailId: thumbnail(emulator, picture),
      postedAt: NEWEST_POSTED_AT - n * 3 * DAY_MS,
    };
  });
}

export function permalink(post: Post): string {
  return `https://www.instagram.com/${post.type === "VIDEO" ? "reel" : "p"}/${post.code}/`;
}

function thumbnail(emulator: Emulator, picture: string): string {
  return sharedMedia(emulator, `picture:${picture}`, "image/png");
}

function sharedMedia(emulator: Emulator, drawing: string, contentType: string): string {
  const id = digits(`shared:${drawing}`, 16);
  if (!emulator.index.media.has(id)) {
    addMedia(emulator, { id, kind: "share", contentType, source: { drawing }, storyId: null });
  }
  return id;
}
