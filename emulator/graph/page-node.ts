import { mediaUrl } from "../cdn/media-url";
import { digits } from "../ids";
import type { Grant, Token } from "../world/access-types";
import type { Business, Page } from "../world/types";
import { requireGrant, requirePage } from "./access";
import { project, type Readers } from "./fields";
import type { Access, GraphCall } from "./graph-call";
import { igReaders } from "./ig-user-node";
import { pageTokenFor } from "./issue-token";

export const PAGE_DEFAULTS = ["access_token", "category", "category_list", "name", "id", "tasks"];

/** `/{page-id}` with the page token, or with a user token of somebody who has a role there. */
export function pageNode(call: GraphCall, access: Access, id: string): Record<string, unknown> {
  const page = requirePage(call, access, id);
  const grant = requireGrant(call, access);
  return project("Page", page, pageReaders(call, access.token as Token, grant), call.fields(), ["name", "id"]);
}

export function pageReaders(call: GraphCall, token: Token, grant: Grant): Readers<Page> {
  const { emulator } = call;
  const linked = (page: Page) =>
    page.igId && grant.granted.includes("instagram_basic") ? emulator.index.businesses.get(page.igId) : undefined;
  const account = (business: Business | undefined, readField: Parameters<typeof project>[3]) =>
    business && project("IGUser", business, igReaders(emulator), readField, ["id"]);
  return {
    id: (page) => page.id,
    name: (page) => page.name,
    access_token: (page) => (token.kind === "page" ? token.value : pageTokenFor(emulator, token, page).value),
    category: (page) => page.category,
    category_list: (page) => [{ id: page.categoryId, name: page.category }],
    tasks: (page) => page.roles.find((role) => role.personId === token.personId)?.tasks,
    username: (page) => emulator.index.businesses.get(page.igId ?? "")?.username,
    link: (page) => `https://www.facebook.com/${page.id}`,
    is_published: () => true,
    fan_count: (page) => Number(digits(`fans:${page.id}`, 4)),
    followers_count: (page) => Number(digits(`fans:${page.id}`, 4)),
    business: (page) => {
      const owner = emulator.world.portfolios.find((one) => one.id === page.portfolioId);
      return owner && { id: owner.id, name: owner.name };
    },
    picture: (page) => {
      const avatarId = emulator.index.businesses.get(page.igId ?? "")?.avatarId;
      return avatarId
        ? { data: { height: 50, is_silhouette: false, url: mediaUrl(emulator, avatarId), width: 50 } }
        : undefined;
    },
    instagram_business_account: (page, field) => {
      const business = linked(page);
      return business?.professional ? account(business, field.fields) : undefined;
    },
    connected_instagram_account: (page, field) => account(linked(page), field.fields),
    messaging_feature_status: () => ({ hop_v2: true, msgr_multi_app: true, ig_multi_app: true }),
  };
}
