import type { UserDetails } from "../../inbox/public-types";
import { publicId } from "../public-id";
import type { ApiClient, ApiUser } from "../schemas/user";

/** A person; what the integrator said of them stands before what Instagram tells. */
export function apiUser(user: UserDetails): ApiUser {
  const [givenName, ...rest] = (user.name ?? user.username ?? "").split(" ");
  const { profile } = user;
  return {
    id: publicId(user.id),
    externalId: user.userExternalId,
    authenticated: false,
    zendeskId: null,
    signedUpAt: new Date(user.signedUpAt).toISOString(),
    toBeRetained: false,
    profile: {
      givenName: profile.givenName ?? (givenName || null),
      surname: profile.surname ?? (rest.join(" ") || null),
      email: profile.email ?? null,
      avatarUrl: profile.avatarUrl ?? user.pictureUrl,
      locale: profile.locale ?? null,
    },
    metadata: user.metadata,
    identities: [],
  };
}

/** The person as the connected account knows them; `raw` in the words of Instagram's own profile. */
export function apiClient(user: UserDetails): ApiClient {
  return {
    id: publicId(user.id),
    type: "instagram",
    status: user.blocked ? "blocked" : "active",
    integrationId: publicId(user.channelId),
    externalId: user.instagramId,
    displayName: user.name ?? user.username,
    avatarUrl: user.pictureUrl,
    lastSeen: user.lastSeenAt === null ? null : new Date(user.lastSeenAt).toISOString(),
    linkedAt: new Date(user.signedUpAt).toISOString(),
    info: user.pictureUrl === null ? {} : { avatarUrl: user.pictureUrl },
    raw: {
      name: user.name,
      username: user.username,
      profile_pic: user.pictureUrl,
      is_verified_user: user.verified,
      follower_count: user.followerCount,
      is_user_follow_business: user.followsBusiness,
      is_business_follow_user: user.followedByBusiness,
    },
  };
}
