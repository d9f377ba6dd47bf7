import { mediaUrl } from "../cdn/media-url";
import type { Emulator } from "../emulator";
import { escapeHtml } from "../login/html";
import { logoOf } from "../world/create-app";
import type { App } from "../world/types";
import { state } from "./parts";
import type { SitePage } from "./site-page";

export const DEVELOPERS = "/facebook/developers";

export const SECTIONS = {
  settings: "Basic settings",
  login: "Facebook Login",
  messages: "Instagram messages",
  webhooks: "Webhooks",
  roles: "Roles and testers",
  review: "App Review",
};
export type Section = keyof typeof SECTIONS;

export function sectionUrl(app: App, section: Section): string {
  return `${DEVELOPERS}/${app.id}/${section}`;
}

/** A page of an app's dashboard: its name, its mode and its sections stand beside. */
export function dashboardPage(
  emulator: Emulator,
  app: App,
  section: Section,
  content: string,
  notice: SitePage["notice"] = null,
): Omit<SitePage, "person"> {
  const links = Object.entries(SECTIONS).map(
    ([key, label]) =>
      `<a href="${DEVELOPERS}/${app.id}/${key}"${key === section ? ' aria-current="page"' : ""}>${label}</a>`,
  );
  const side = `<nav class="side" aria-label="App"><div class="app-head"><img src="${escapeHtml(mediaUrl(emulator, logoOf(emulator, app)))}" alt=""><div><strong>${escapeHtml(app.name)}</strong><small>${escapeHtml(app.id)}</small></div></div>
<p>${state(app.mode === "live" ? "Live" : "In development", app.mode === "live")}${app.restricted ? ` ${state("Restricted", false)}` : ""}</p>${links.join("")}<a href="${DEVELOPERS}">All apps</a></nav>`;
  return { title: SECTIONS[section], place: DEVELOPERS, side, content, notice };
}
