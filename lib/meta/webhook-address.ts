import { env } from "../env";
import type { FacebookApp } from "./facebook-apps";

/** Where Meta is to send an app's events. */
export function webhookAddress(app: Pick<FacebookApp, "id">): string {
  const { APP_URL, FACEBOOK_APP_ID } = env();
  return `${APP_URL}/webhooks/instagram${app.id === FACEBOOK_APP_ID ? "" : `/${app.id}`}`;
}

/** Where Facebook is to tell that a person took access back, or wants their data deleted; the same for every app. */
export function personAddresses(): { deauthorize: string; dataDeletion: string } {
  const { APP_URL } = env();
  return { deauthorize: `${APP_URL}/facebook/deauthorize`, dataDeletion: `${APP_URL}/facebook/data-deletion` };
}
