import type { UserDetails } from "../../inbox/public-types";
import { publicId } from "../public-id";
import type { ApiUser } from "../schemas/user";

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
