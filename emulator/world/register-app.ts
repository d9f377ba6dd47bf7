import type { Emulator } from "../emulator";
import type { AppRegistration } from "../options";
import type { App, Registered } from "./types";
import { newAppParts } from "./upgrade-world";

export const INSTAGRAM_MESSAGING_FIELDS = [
  "messages",
  "message_reactions",
  "messaging_postbacks",
  "messaging_seen",
  "messaging_referral",
  "messaging_handover",
  "standby",
  "message_edit",
];

/** Registers a Facebook app or changes what is given; a changed webhook is verified again. */
export function registerApp(emulator: Emulator, given: AppRegistration): App {
  const known = emulator.app(given.id);
  const app: App = known ?? {
    id: given.id,
    secret: given.secret,
    name: given.name ?? "Replydesk",
    redirectUris: [],
    requireProof: true,
    humanAgent: true,
    deauthorizeUrl: null,
    dataDeletionUrl: null,
    webhook: null,
    ...newAppParts(),
  };
  if (!known) emulator.world.apps.push(app);
  app.secret = given.secret;
  if (given.name !== undefined) app.name = given.name;
  if (given.redirectUris !== undefined) app.redirectUris = given.redirectUris;
  if (given.requireProof !== undefined) app.requireProof = given.requireProof;
  if (given.humanAgent !== undefined) app.humanAgent = given.humanAgent;
  if (given.deauthorizeUrl !== undefined) app.deauthorizeUrl = given.deauthorizeUrl;
  if (given.dataDeletionUrl !== undefined) app.dataDeletionUrl = given.dataDeletionUrl;
  if (given.webhookUrl === null) app.webhook = null;
  else if (given.webhookUrl !== undefined) {
    const verifyToken = given.verifyToken ?? "";
    const same = app.webhook?.url === given.webhookUrl && app.webhook.verifyToken === verifyToken;
    if (!same || !app.webhook) {
      app.webhook = { url: given.webhookUrl, verifyToken, fields: [...INSTAGRAM_MESSAGING_FIELDS], verified: false };
    }
    if (!app.webhook.verified) emulator.handshakes.retryUntilVerified(app.id);
  }
  for (const configuration of given.configurations ?? []) {
    app.configurations = [...app.configurations.filter((one) => one.id !== configuration.id), configuration];
  }
  if (given.sdkDomains !== undefined) app.sdkDomains = given.sdkDomains;
  app.registered = registration(app);
  emulator.changed();
  return app;
}

function registration(app: App): Registered {
  const { secret, name, redirectUris, requireProof, humanAgent, deauthorizeUrl, dataDeletionUrl } = app;
  const { sdkDomains, configurations } = app;
  const webhook = app.webhook && { ...app.webhook, verified: false };
  return {
    secret,
    name,
    redirectUris,
    requireProof,
    humanAgent,
    deauthorizeUrl,
    dataDeletionUrl,
    webhook,
    sdkDomains,
    configurations,
  };
}

/** The apps of a fresh world: those that were registered, as they were registered, verified webhooks still verified. */
export function registeredApps(apps: App[]): App[] {
  return apps.flatMap((app) => {
    const { registered } = app;
    if (!registered) return [];
    const { webhook } = registered;
    const verified = app.webhook?.verified === true && app.webhook.url === webhook?.url;
    return { ...app, ...newAppParts(), ...registered, registered, webhook: webhook && { ...webhook, verified } };
  });
}
