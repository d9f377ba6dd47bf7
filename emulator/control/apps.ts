import type { Emulator } from "../emulator";
import type { Input } from "../input";
import { createApp } from "../world/create-app";
import { registerApp } from "../world/register-app";
import { thePerson } from "./grants";

export function registerAppFrom(emulator: Emulator, input: Input) {
  if (!input.has("id")) return createAppFrom(emulator, input);
  const optional = (name: string) => (input.has(name) ? input.textOr(name) : undefined);
  registerApp(emulator, {
    id: input.text("id"),
    secret: input.text("secret"),
    name: input.textOr("name") ?? undefined,
    redirectUris: input.texts("redirectUris") ?? undefined,
    webhookUrl: optional("webhookUrl"),
    verifyToken: optional("verifyToken"),
    deauthorizeUrl: optional("deauthorizeUrl"),
    dataDeletionUrl: optional("dataDeletionUrl"),
    requireProof: input.has("requireProof") ? input.flag("requireProof", true) : undefined,
    humanAgent: input.has("humanAgent") ? input.flag("humanAgent", true) : undefined,
  });
  return { apps: appViews(emulator) };
}

/** An app of an integrator, as the dashboard makes one; its secret is told this once. */
function createAppFrom(emulator: Emulator, input: Input) {
  const person = thePerson(emulator, input);
  const { id, secret } = createApp(emulator, input.text("name"), person.id);
  return { app: { id, secret, name: input.text("name") } };
}

/** The apps without their secrets. */
export function appViews(emulator: Emulator) {
  return emulator.world.apps.map(
    ({ secret: _secret, previousSecret: _previous, registered: _registered, webhook, ...app }) => ({
      ...app,
      webhook: webhook && { url: webhook.url, fields: webhook.fields, verified: webhook.verified },
    }),
  );
}

export function tryHandshake(emulator: Emulator, appId: string) {
  return emulator.handshakes.verify(appId);
}
