import { mediaUrl } from "../cdn/media-url";
import type { Business, Customer } from "../world/types";
import { requirePage, requireScope, requireTask } from "./access";
import { project, type Readers } from "./fields";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, noSuchObject } from "./graph-error";

const DEFAULTS = [
  "name",
  "username",
  "profile_pic",
  "follower_count",
  "is_user_follow_business",
  "is_business_follow_user",
  "is_verified_user",
];

/** `/{igsid}`: the profile of a customer who has written to the account of this page token. */
export function profile(call: GraphCall, access: Access, igsid: string): Record<string, unknown> {
  if (access.kind !== "page") throw noSuchObject(igsid, call.method);
  const page = requirePage(call, access, access.token.pageId ?? "");
  const business = page.igId ? call.emulator.index.businesses.get(page.igId) : undefined;
  const customer = business && call.emulator.index.customerByIgsid(business.igId, igsid);
  if (!business || !customer) throw noSuchObject(igsid, call.method);
  requireScope(call, access, "instagram_basic", "instagram_manage_messages");
  requireTask(page, access, "MODERATE");
  const wrote = call.emulator.index.threadOf(business.igId, customer.id)?.lastCustomerAt;
  if (customer.consentError || !wrote)
    throw new GraphError(230, "(#230) User consent is required to access user profile");
  return project("InstagramMessagingUser", customer, profileReaders(call, business, igsid), call.fields(), DEFAULTS);
}

function profileReaders(call: GraphCall, business: Business, igsid: string): Readers<Customer> {
  return {
    id: () => igsid,
    name: (customer) => customer.name,
    username: (customer) => customer.username,
    profile_pic: (customer) => (customer.avatarId ? mediaUrl(call.emulator, customer.avatarId) : undefined),
    follower_count: (customer) => customer.followers,
    is_user_follow_business: (customer) => customer.followsBusinesses.includes(business.igId),
    is_business_follow_user: (customer) => business.follows.includes(customer.id),
    is_verified_user: (customer) => customer.verified,
  };
}
