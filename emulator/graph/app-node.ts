import { mediaUrl } from "../cdn/media-url";
import { logoOf } from "../world/create-app";
import type { App } from "../world/types";
import { project } from "./fields";
import type { Access, GraphCall } from "./graph-call";
import { noSuchObject } from "./graph-error";

/** `/{app-id}` and `/app`, by the app's own token or a token of the app. */
export function appNode(call: GraphCall, access: Access, app: App): Record<string, unknown> {
  if (call.method !== "GET" || access.app.id !== app.id) throw noSuchObject(app.id, call.method);
  const logo = () => mediaUrl(call.emulator, logoOf(call.emulator, app));
  const readers = {
    id: (one: App) => one.id,
    name: (one: App) => one.name,
    category: () => "Business and Pages",
    link: (one: App) => `${call.emulator.publicUrl}/facebook/developers/${one.id}/settings`,
    logo_url: logo,
    icon_url: logo,
    photo_url: logo,
  };
  return project("Application", app, readers, call.fields(), ["category", "link", "name", "id"]);
}
