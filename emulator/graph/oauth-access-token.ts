import type { Code, Token } from "../world/access-types";
import type { App } from "../world/types";
import { findAccess, tokenError } from "./access";
import type { GraphCall } from "./graph-call";
import { GraphError, missingParameter } from "./graph-error";
import { issueSystemToken, issueUserToken } from "./issue-token";

const CODE_LIFE_MS = 10 * 60 * 1000;

/** `/oauth/access_token`: a code or a user token becomes a user token; `client_credentials` gives the app token. */
export function oauthAccessToken(call: GraphCall): Record<string, unknown> {
  const app = call.emulator.app(call.required("client_id"));
  if (!app)
    throw new GraphError(101, "Error validating application. Cannot get application info due to a system error.");
  if (call.required("client_secret") !== app.secret) throw new GraphError(1, "Error validating client secret.");
  const grantType = call.text("grant_type");
  if (grantType === "fb_exchange_token") return answer(call, exchange(call, app));
  if (grantType === "client_credentials") return { access_token: `${app.id}|${app.secret}`, token_type: "bearer" };
  return answer(call, redeem(call, app));
}

function redeem(call: GraphCall, app: App): Token {
  const given = call.text("code");
  if (!given) throw missingParameter("code");
  const redirectUri = call.text("redirect_uri") ?? "";
  const code = call.emulator.world.codes.find((one) => one.value === given && one.appId === app.id);
  if (!code) throw new GraphError(100, "Invalid verification code format.");
  if (code.used) throw new GraphError(100, "This authorization code has been used.", { subcode: 36009 });
  if (!matches(code, redirectUri)) {
    throw new GraphError(
      100,
      "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
      { subcode: 36008 },
    );
  }
  if (call.emulator.now() - code.issuedAt > CODE_LIFE_MS)
    throw new GraphError(100, "This authorization code has expired.", { subcode: 36007 });
  code.used = true;
  if (code.systemUser) return issueSystemToken(call.emulator, app.id, code.personId);
  return issueUserToken(call.emulator, app.id, code.personId, false);
}

/** A code of the dialog goes with its very redirect_uri, one of the SDK with none, or the address of the page that asked. */
function matches(code: Code, redirectUri: string): boolean {
  if (code.sdkOrigin === null || redirectUri === "") return code.redirectUri === redirectUri;
  return URL.canParse(redirectUri) && new URL(redirectUri).origin === code.sdkOrigin;
}

function exchange(call: GraphCall, app: App): Token {
  const access = findAccess(call.emulator, call.required("fb_exchange_token"));
  if (!access?.token || access.kind !== "user" || access.app.id !== app.id) {
    throw new GraphError(190, "Invalid OAuth access token - Cannot parse access token");
  }
  const dead = tokenError(call.emulator, access.token);
  if (dead) throw dead;
  if (access.token.longLived) return access.token;
  return issueUserToken(call.emulator, app.id, access.token.personId, true);
}

function answer(call: GraphCall, token: Token): Record<string, unknown> {
  return {
    access_token: token.value,
    token_type: "bearer",
    ...(token.expiresAt === 0 ? {} : { expires_in: Math.round((token.expiresAt - call.emulator.now()) / 1000) }),
  };
}
