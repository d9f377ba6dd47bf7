import { env } from "../env";
import type { FacebookApp } from "./facebook-apps";

/** Where Meta is to send an app's events. */
export function webhookAddress(app: Pick<FacebookApp, "id">): string {
  const { APP_URL, FACEBOOK_APP_ID } = env();
  return `${APP_URL}/webhooks/instagram${app.id === FACEBOOK_APP_ID ? "" : `/${app.id}`}`;
}
