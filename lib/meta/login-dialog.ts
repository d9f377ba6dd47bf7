import { env } from "../env";
import { LOGIN_SCOPES } from "./login-scopes";

/** Where Facebook sends the browser back to; has to stand in the app's list of valid redirect addresses, letter by letter. */
export function loginRedirectUri(): string {
  return `${env().APP_URL}/channels/connect/callback`;
}

/** Whether the app uses Facebook Login for Business: all permissions of its configuration are given, or none. */
export function isBusinessLogin(): boolean {
  return env().FACEBOOK_LOGIN_CONFIG_ID !== undefined;
}

/** What is asked of the person: a configuration of Facebook Login for Business, or single permissions. */
export function loginDemand(): { config_id: string } | { scope: string } {
  const { FACEBOOK_LOGIN_CONFIG_ID } = env();
  return FACEBOOK_LOGIN_CONFIG_ID ? { config_id: FACEBOOK_LOGIN_CONFIG_ID } : { scope: LOGIN_SCOPES.join(",") };
}

/** @param askAgain shows permissions again that were declined before: otherwise Facebook remembers and does not ask */
export function loginDialogUrl(input: { state: string; askAgain: boolean }): string {
  const { FACEBOOK_WEB_URL, FACEBOOK_GRAPH_VERSION, FACEBOOK_APP_ID } = env();
  const url = new URL(`${FACEBOOK_WEB_URL}/${FACEBOOK_GRAPH_VERSION}/dialog/oauth`);
  url.searchParams.set("client_id", FACEBOOK_APP_ID);
  url.searchParams.set("redirect_uri", loginRedirectUri());
  url.searchParams.set("state", input.state);
  url.searchParams.set("response_type", "code");
  for (const [name, value] of Object.entries(loginDemand())) url.searchParams.set(name, value);
  // What a configuration for a system user needs, and others allow.
  if (isBusinessLogin()) url.searchParams.set("override_default_response_type", "true");
  if (input.askAgain) url.searchParams.set("auth_type", "rerequest");
  return url.href;
}

/** Where a person sees, edits and removes what they have allowed to apps. */
export function businessIntegrationsUrl(): string {
  return `${env().FACEBOOK_WEB_URL}/settings?tab=business_tools`;
}
