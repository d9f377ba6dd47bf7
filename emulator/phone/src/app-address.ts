import { call } from "./api";

interface App {
  redirectUris: string[];
  webhook: { url: string } | null;
}

/** Where the app that listens can be opened: the origin to which it lets people be sent back, else that of its webhook. */
export async function appAddress(): Promise<string | null> {
  const { apps } = await call<{ apps: App[] }>("/_control/apps");
  const [known] = apps.flatMap((app) => [...app.redirectUris, ...(app.webhook ? [app.webhook.url] : [])]);
  return known && URL.canParse(known) ? new URL(known).origin : null;
}
