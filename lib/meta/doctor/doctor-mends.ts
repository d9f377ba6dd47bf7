import { env } from "../../env";
import type { Finding } from "../../inbox/channel-finding";

export type Mend =
  /** Through Facebook's dialog, which shows again what was declined. */
  | { type: "reconnect"; askAgain: boolean; label: string }
  /** The exact place in somebody's settings. */
  | { type: "open"; label: string; href: string }
  | { type: "subscribe_page" | "subscribe_app"; label: string }
  /** For what is mended elsewhere: a look whether it is. */
  | { type: "check"; label: string };

const RECONNECT: Mend = { type: "reconnect", askAgain: false, label: "Reconnect" };
const ASK_AGAIN: Mend = { type: "reconnect", askAgain: true, label: "Ask Facebook again" };

const CHECK: Mend = { type: "check", label: "Check again" };

/** What mends a bad finding, the likeliest first; what nothing here mends is looked at again. */
export function mendsOf(finding: Pick<Finding, "line" | "code">, appId: string): Mend[] {
  const mends = waysOut(finding, appId);
  // Of that feature no look tells, only the next reply.
  const seen = finding.line !== "human_agent";
  return seen && mends.every(({ type }) => type === "open") ? [...mends, CHECK] : mends;
}

function waysOut({ line, code }: Pick<Finding, "line" | "code">, appId: string): Mend[] {
  if (line.startsWith("permission:")) return [ASK_AGAIN];
  if (code.startsWith("app_") && code !== "app_removed" && code !== "app_unknown")
    return [dashboard(appId, PLACES[code] ?? "")];
  switch (line) {
    case "sign_in":
      return code === "checkpoint" || code === "unconfirmed" ? [facebook(), RECONNECT] : [RECONNECT];
    case "page_role":
      return code === "gone" || code === "refused" ? [pageAccess(), RECONNECT] : [pageAccess()];
    case "page_link":
      return [linkedAccounts(), RECONNECT];
    case "app_subscription":
      return [{ type: "subscribe_app", label: "Subscribe the app" }, dashboard(appId, "webhooks/")];
    case "page_subscription":
      return [code === "refused" ? RECONNECT : { type: "subscribe_page", label: "Subscribe again" }];
    case "deliveries":
      return [dashboard(appId, "webhooks/")];
    case "human_agent":
      return [dashboard(appId, "app-review/permissions/")];
    case "token":
      return [RECONNECT];
    case "message_access":
      return code === "refused" ? [RECONNECT] : [];
    default:
      return [];
  }
}

/** Where on the app's dashboard something about the app itself is mended. */
const PLACES: Record<string, string> = {
  app_secret: "settings/basic/",
  app_blocked: "dashboard/",
  app_development: "dashboard/",
};

function facebook(): Mend {
  return { type: "open", label: "Open facebook.com", href: env().FACEBOOK_WEB_URL };
}

function pageAccess(): Mend {
  return { type: "open", label: "Page access", href: `${env().FACEBOOK_WEB_URL}/settings/?tab=profile_access` };
}

function linkedAccounts(): Mend {
  return { type: "open", label: "Linked accounts", href: `${env().FACEBOOK_WEB_URL}/settings/?tab=linked_instagram` };
}

function dashboard(appId: string, place: string): Mend {
  return { type: "open", label: "App dashboard", href: `https://developers.facebook.com/apps/${appId}/${place}` };
}
