import type { OAuthConfig } from "next-auth/providers/oauth";
import { hmacSha256 } from "../crypto";
import { SECOND } from "../time";

/** E-mail and picture are the person's to withhold. */
type FacebookProfile = {
  id: string;
  name?: string;
  email?: string;
  picture?: { data?: { url?: string; is_silhouette?: boolean } };
};

export type FacebookSettings = {
  FACEBOOK_APP_ID: string;
  FACEBOOK_APP_SECRET: string;
  FACEBOOK_WEB_URL: string;
  FACEBOOK_GRAPH_URL: string;
  FACEBOOK_GRAPH_VERSION: string;
};

/** Facebook Login for who somebody is; what their Pages allow is asked for when connecting, never here. */
export function facebookProvider(settings: FacebookSettings): OAuthConfig<FacebookProfile> {
  const { FACEBOOK_APP_SECRET: secret, FACEBOOK_GRAPH_VERSION: version } = settings;
  const graph = `${settings.FACEBOOK_GRAPH_URL}/${version}`;
  return {
    id: "facebook",
    name: "Facebook",
    type: "oauth",
    clientId: settings.FACEBOOK_APP_ID,
    clientSecret: secret,
    // next-auth's own addresses carry an old version of the API and cannot be pointed elsewhere.
    authorization: {
      url: `${settings.FACEBOOK_WEB_URL}/${version}/dialog/oauth`,
      params: { scope: "public_profile,email" },
    },
    token: `${graph}/oauth/access_token`,
    userinfo: {
      url: `${graph}/me`,
      async request({ tokens, client }) {
        const token = tokens.access_token ?? "";
        return client.userinfo(token, {
          params: {
            fields: "id,name,email,picture{url,is_silhouette}",
            // Apps can demand this proof that the caller knows the secret.
            appsecret_proof: hmacSha256(secret, token).toString("hex"),
          },
        });
      },
    },
    checks: ["state"],
    client: { token_endpoint_auth_method: "client_secret_post" },
    httpOptions: { timeout: 10 * SECOND },
    profile: (profile) => ({
      id: profile.id,
      name: profile.name ?? null,
      email: profile.email ?? null,
      image: profile.picture?.data?.is_silhouette ? null : (profile.picture?.data?.url ?? null),
    }),
  };
}
