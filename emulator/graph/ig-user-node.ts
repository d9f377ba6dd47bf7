import { mediaUrl } from "../cdn/media-url";
import type { Emulator } from "../emulator";
import { digits } from "../ids";
import { grantedPages } from "../login/granted-pages";
import { postsOf } from "../posts/posts";
import type { Business } from "../world/types";
import { requireGrant, requireScope } from "./access";
import { project, type Readers } from "./fields";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, noSuchObject } from "./graph-error";
import { type findPost, postList, postNode } from "./post-node";

/** `/{ig-id}` on graph.facebook.com. */
export function igUserNode(call: GraphCall, access: Access, business: Business): Record<string, unknown> {
  requireAccount(call, access, business, business.igId);
  return project("IGUser", business, igReaders(call.emulator), call.fields(), ["id"]);
}

/** One post of an account. */
export function igMediaNode(
  call: GraphCall,
  access: Access,
  { business, post }: NonNullable<ReturnType<typeof findPost>>,
) {
  requireAccount(call, access, business, post.id);
  return postNode(call, business, post);
}

/** Refuses what lies under an account that the token's person has not granted. */
function requireAccount(call: GraphCall, access: Access, business: Business, asked: string): void {
  requireScope(call, access, "instagram_basic");
  const grant = requireGrant(call, access);
  const page = grantedPages(call.emulator, grant).find((one) => one.igId === business.igId);
  if (!business.professional || !page || (access.kind === "page" && access.token.pageId !== page.id))
    throw noSuchObject(asked, call.method);
}

/** The account's posts; the IG user node has no messaging edges on this host. */
export function igUserEdge(call: GraphCall, access: Access, business: Business, edge: string): unknown {
  if (edge === "media" && call.method === "GET") {
    requireAccount(call, access, business, business.igId);
    return postList(call, business);
  }
  if (edge === "messages" || edge === "conversations") {
    throw new GraphError(3, "(#3) Application does not have the capability to make this API call.");
  }
  throw noSuchObject(business.igId, call.method);
}

export function igReaders(emulator: Emulator): Readers<Business> {
  return {
    id: (business) => business.igId,
    ig_id: (business) => Number(digits(`legacy:${business.igId}`, 10)),
    username: (business) => business.username,
    name: (business) => business.name,
    biography: () => "",
    website: () => undefined,
    profile_picture_url: (business) => mediaUrl(emulator, business.avatarId),
    has_profile_pic: () => true,
    followers_count: (business) => business.followers,
    follows_count: (business) => business.follows.length,
    media_count: (business) => postsOf(emulator, business).length,
    is_published: () => true,
  };
}
