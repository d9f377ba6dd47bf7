import { mediaUrl } from "../cdn/media-url";
import { escapeHtml } from "../login/html";
import { createApp, logoOf } from "../world/create-app";
import type { App } from "../world/types";
import { dashboardLogin } from "./dashboard-login";
import { dashboardMessages } from "./dashboard-messages";
import { DEVELOPERS, SECTIONS, type Section } from "./dashboard-page";
import { dashboardReview } from "./dashboard-review";
import { dashboardRoles } from "./dashboard-roles";
import { dashboardSettings } from "./dashboard-settings";
import { dashboardWebhooks } from "./dashboard-webhooks";
import { card, state, textField } from "./parts";
import type { Visit, Visited } from "./visit";

const VIEWS: Record<Section, (visit: Visit, app: App) => Visited | Promise<Visited>> = {
  settings: dashboardSettings,
  login: dashboardLogin,
  messages: dashboardMessages,
  webhooks: dashboardWebhooks,
  roles: dashboardRoles,
  review: dashboardReview,
};

/** The app dashboard: a person's apps, and each app's sections. null: there is no such page. */
export function developers(visit: Visit): Visited | Promise<Visited> | null {
  const { emulator, person, form, rest } = visit;
  const [id, section = "settings"] = rest;
  if (id === undefined) {
    const name = form.get("name")?.trim();
    if (!name) return appList(visit);
    return { to: `${DEVELOPERS}/${createApp(emulator, name.slice(0, 60), person.id).id}/settings`, done: "created" };
  }
  const app = emulator.app(id);
  const mine = app?.roles.some((one) => one.personId === person.id && one.role !== "tester");
  const known = Object.keys(SECTIONS).find((one): one is Section => one === section);
  return app && mine && known ? VIEWS[known](visit, app) : null;
}

function appList({ emulator, person }: Visit): Visited {
  const apps = emulator.world.apps.filter((app) =>
    app.roles.some((one) => one.personId === person.id && one.role !== "tester"),
  );
  const cards = apps.map(
    (
      app,
    ) => `<a href="${DEVELOPERS}/${app.id}/settings"><div class="card"><div class="app-head"><img src="${escapeHtml(mediaUrl(emulator, logoOf(emulator, app)))}" alt=""><div><strong>${escapeHtml(app.name)}</strong><small>${app.id}</small></div></div>
${state(app.mode === "live" ? "Live" : "In development", app.mode === "live")}</div></a>`,
  );
  const create = `<form method="post">${textField("name", "App name", "", "People see it, with the logo drawn from it, when the app asks for access.")}<button class="primary">Create app</button></form>`;
  const list =
    apps.length > 0 ? `<div class="apps">${cards.join("")}</div>` : `<p>${escapeHtml(person.name)} has no apps.</p>`;
  return {
    title: "Apps",
    place: DEVELOPERS,
    content: `${list}<div style="height:16px"></div>${card("A new app", "It begins in development, with an id and a secret of its own.", create)}`,
  };
}
