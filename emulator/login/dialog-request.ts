import type { Emulator } from "../emulator";
import type { App, LoginConfiguration } from "../world/types";
import type { ConsentRequest } from "./consent";
import { SCOPES } from "./scopes";

/** What an app asks the dialog for. */
export interface DialogRequest extends ConsentRequest {
  app: App;
  /** Where the browser goes back to; "" when the JavaScript SDK asked. */
  redirectUri: string;
  /** The page that opened the pop-up through the JavaScript SDK, by its origin. */
  sdkOrigin: string | null;
  state: string | null;
  responseType: string[];
  configuration: LoginConfiguration | null;
}

export interface DialogRefusal {
  refused: string;
  words: string;
}

/** Reads the address of the dialog. What is wrong with it is told on Facebook's page, never to the app. */
export function readDialogRequest(emulator: Emulator, url: URL): DialogRequest | DialogRefusal {
  const query = url.searchParams;
  const app = emulator.app(query.get("client_id") ?? query.get("app_id"));
  if (!app) return { refused: "Invalid App ID", words: "The provided app ID does not look like a valid app ID." };
  if (app.restricted) return NOT_ACTIVE;
  const target = readTarget(app, query);
  if ("refused" in target) return target;
  const configuration = readConfiguration(app, query.get("config_id"));
  if (configuration && "refused" in configuration) return configuration;
  const scopes = configuration?.scopes ?? (query.get("scope") ?? "").split(/[\s,]+/).filter(Boolean);
  const unknown = scopes.filter((scope) => !(scope in SCOPES));
  if (unknown.length > 0) {
    return {
      refused: "Invalid Scopes",
      words: `Invalid Scopes: ${unknown.join(", ")}. This message is only shown to developers. Users of your app will ignore these permissions if present.`,
    };
  }
  const responseType = (query.get("response_type") ?? "code").split(/[\s,]+/);
  if (!responseType.includes("code") && !responseType.includes("token")) {
    return { refused: "Unsupported response type", words: "response_type has to be code, token or both." };
  }
  if (configuration?.tokenType === "system_user" && !asksForCode(query, responseType)) {
    return {
      refused: "Invalid configuration",
      words:
        "A configuration for a system user access token needs response_type=code and override_default_response_type=true.",
    };
  }
  return {
    app,
    appId: app.id,
    ...target,
    state: query.get("state"),
    scopes,
    rerequest: (query.get("auth_type") ?? "").split(",").includes("rerequest"),
    allOrNothing: configuration !== null,
    responseType,
    configuration,
  };
}

/** What somebody without a role sees of an app in development, and everybody of a restricted one. */
export const NOT_ACTIVE: DialogRefusal = {
  refused: "App not active",
  words:
    "This app is not accessible right now and the app developer is aware of the issue. You will be able to log in when the app is reactivated.",
};

function asksForCode(query: URLSearchParams, responseType: string[]): boolean {
  return responseType.join() === "code" && query.get("override_default_response_type") === "true";
}

function readTarget(
  app: App,
  query: URLSearchParams,
): { redirectUri: string; sdkOrigin: string | null } | DialogRefusal {
  const origin = query.get("sdk") === null ? null : (query.get("origin") ?? "");
  if (origin !== null) {
    if (sdkOrigins(app).includes(origin)) return { redirectUri: "", sdkOrigin: origin };
    return {
      refused: "JSSDK Unknown Host domain",
      words: `The domain you are hosting the Facebook Javascript SDK is not in your app's Javascript SDK host domain list: ${origin || "none given"}.`,
    };
  }
  const redirectUri = query.get("redirect_uri") ?? "";
  if (app.redirectUris.includes(redirectUri)) return { redirectUri, sdkOrigin: null };
  return {
    refused: "URL Blocked",
    words: `This redirect failed because the redirect URI is not white-listed in the app's client OAuth settings: ${redirectUri || "none given"}.`,
  };
}

/** Where the SDK may run: on the hosts that are listed, and on those of the redirect addresses. */
export function sdkOrigins(app: App): string[] {
  const addresses = [...app.sdkDomains, ...app.redirectUris].filter((one) => URL.canParse(one));
  return [...new Set(addresses.map((one) => new URL(one).origin))];
}

function readConfiguration(app: App, id: string | null): LoginConfiguration | DialogRefusal | null {
  if (id === null) return null;
  return (
    app.configurations.find((one) => one.id === id) ?? {
      refused: "Invalid configuration",
      words: `The configuration ID ${id || "(empty)"} does not belong to this app. This message is only shown to developers.`,
    }
  );
}
