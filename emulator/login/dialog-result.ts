import type { Emulator } from "../emulator";
import { grantOf } from "../graph/access";
import { issueUserToken } from "../graph/issue-token";
import { authorizationCode } from "../ids";
import { signedRequest } from "../webhooks/wire";
import type { Person } from "../world/types";
import { callbackPayload } from "./call-back";
import type { DialogRequest } from "./dialog-request";

type Asked = Pick<DialogRequest, "app" | "redirectUri" | "sdkOrigin" | "responseType" | "configuration">;

/** What the app gets when the person continues, by the names that the redirect and the SDK use. */
export function grantedParams(emulator: Emulator, request: Asked, person: Person): Record<string, string> {
  const { app, responseType } = request;
  const params: Record<string, string> = {};
  if (responseType.includes("token")) {
    const token = issueUserToken(emulator, app.id, person.id, false);
    params.access_token = token.value;
    params.expires_in = String(Math.round((token.expiresAt - emulator.now()) / 1000));
    params.data_access_expiration_time = String(Math.floor(token.dataAccessExpiresAt / 1000));
  }
  if (responseType.includes("code")) params.code = newCode(emulator, request, person);
  if (responseType.includes("signed_request")) {
    const code = newCode(emulator, request, person);
    params.signed_request = signedRequest(app.secret, { ...callbackPayload(emulator, person.id), code });
  }
  if (responseType.includes("graph_domain")) params.graph_domain = "facebook";
  if (responseType.includes("granted_scopes")) {
    const grant = grantOf(emulator, person.id, app.id);
    params.granted_scopes = grant?.granted.join(",") ?? "";
    params.denied_scopes = grant?.declined.join(",") ?? "";
  }
  return params;
}

export const DENIED_PARAMS = {
  error: "access_denied",
  error_code: "200",
  error_description: "Permissions error",
  error_reason: "user_denied",
};

/** Back to the app: a code in the query; a token, where one was asked, in the fragment. */
export function redirectUrl(request: DialogRequest, params: Record<string, string>): string {
  const url = new URL(request.redirectUri);
  const state: Record<string, string> = request.state === null ? {} : { state: request.state };
  const all = { ...params, ...state };
  if ("access_token" in params) url.hash = new URLSearchParams(all).toString();
  else {
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    if (!("error" in params)) url.hash = "_=_";
  }
  return url.href;
}

function newCode(emulator: Emulator, { app, redirectUri, sdkOrigin, configuration }: Asked, person: Person) {
  const code = authorizationCode();
  emulator.world.codes.push({
    value: code,
    appId: app.id,
    personId: person.id,
    redirectUri,
    sdkOrigin,
    systemUser: configuration?.tokenType === "system_user",
    issuedAt: emulator.now(),
    used: false,
  });
  emulator.changed();
  return code;
}
