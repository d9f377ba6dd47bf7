import { mediaUrl } from "../cdn/media-url";
import type { Emulator } from "../emulator";
import { type Post, permalink, postsOf } from "../posts/posts";
import type { Business } from "../world/types";
import { project, type Readers } from "./fields";
import type { GraphCall } from "./graph-call";
import { graphTime, page } from "./paging";

/** `/{ig-id}/media`: the account's own posts, newest first. */
export function postList(call: GraphCall, business: Business): unknown {
  const readers = postReaders(call.emulator, business);
  const fields = call.fields();
  return page(
    call,
    postsOf(call.emulator, business),
    (post) => post.id,
    (post) => project("IGMedia", post, readers, fields, ["id"]),
  );
}

/** `/{ig-media-id}`: one post. */
export function postNode(call: GraphCall, business: Business, post: Post): Record<string, unknown> {
  return project("IGMedia", post, postReaders(call.emulator, business), call.fields(), ["id"]);
}

export function findPost(emulator: Emulator, id: string): { business: Business; post: Post } | null {
  if (!/^180\d{14}$/.test(id)) return null;
  for (const business of emulator.world.businesses) {
    const post = postsOf(emulator, business).find((one) => one.id === id);
    if (post) return { business, post };
  }
  return null;
}

function postReaders(emulator: Emulator, business: Business): Readers<Post> {
  return {
    id: (post) => post.id,
    ig_id: (post) => post.id,
    caption: (post) => post.caption,
    media_type: (post) => post.type,
    media_product_type: (post) => (post.type === "VIDEO" ? "REELS" : "FEED"),
    media_url: (post) => mediaUrl(emulator, post.mediaId),
    thumbnail_url: (post) => (post.type === "VIDEO" ? mediaUrl(emulator, post.thumbnailId) : undefined),
    permalink: (post) => permalink(post),
    shortcode: (post) => post.code,
    timestamp: (post) => graphTime(post.postedAt),
    username: () => business.username,
    owner: () => ({ id: business.igId }),
    like_count: () => 41,
    comments_count: () => 3,
    is_shared_to_feed: () => true,
  };
}
