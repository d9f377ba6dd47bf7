import { mediaUrl } from "../cdn/media-url";
import type { Emulator } from "../emulator";
import { digits } from "../ids";
import { grantedPages } from "../login/granted-pages";
import type { Business } from "../world/types";
import { requireGrant, requireScope } from "./access";
import { project, type Readers } from "./fields";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, noSuchObject } from "./graph-error";

/** `/{ig-id}` on graph.facebook.com. */
export function igUserNode(call: GraphCall, access: Access, business: Business): Record<string, unknown> {
  requireScope(call, access, "instagram_basic");
  const grant = requireGrant(call, access);
  const page = grantedPages(call.emulator, grant).find((one) => one.igId === business.igId);
  if (!page || (access.kind === "page" && access.token.pageId !== page.id))
    throw noSuchObject(business.igId, call.method);
  return project("IGUser", business, igReaders(call.emulator), call.fields(), ["id"]);
}

/** The IG user node has no messaging edges on this host. */
export function igUserEdge(business: Business, call: GraphCall, edge: string): never {
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
    media_count: (business) => business.stories.length + 12,
    is_published: () => true,
  };
}
