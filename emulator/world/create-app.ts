import { randomBytes } from "node:crypto";
import type { Emulator } from "../emulator";
import { assetId, digits } from "../ids";
import type { App } from "./types";
import { newAppParts } from "./upgrade-world";

/** A new Facebook app of a person, as the dashboard makes it: in development, with an id and a secret of its own. */
export function createApp(emulator: Emulator, name: string, personId: string): App {
  const app: App = {
    id: assetId(),
    secret: randomBytes(16).toString("hex"),
    name,
    redirectUris: [],
    requireProof: true,
    humanAgent: false,
    deauthorizeUrl: null,
    dataDeletionUrl: null,
    webhook: null,
    ...newAppParts(),
    mode: "development",
    roles: [{ personId, role: "administrator" }],
  };
  emulator.world.apps.push(app);
  emulator.changed();
  return app;
}

/** The media id of an app's logo, drawn from its name. */
export function logoOf(emulator: Emulator, app: App): string {
  const id = digits(`logo:${app.id}:${app.name}`, 16);
  if (!emulator.index.media.has(id)) {
    const source = { drawing: `logo:${app.name}` };
    const media = { id, kind: "avatar" as const, contentType: "image/png", source, storyId: null };
    emulator.world.media.push(media);
    emulator.index.media.set(id, media);
  }
  return id;
}
