import type { Emulator } from "../emulator";
import { type Call, Refusal, sendHtml } from "../http";
import { choosePersonPage, errorPage } from "../login/dialog-pages";
import { currentPerson, personCookie } from "../login/person-cookie";
import { businessIntegrations } from "./business-integrations";
import { developers } from "./developers";
import { instagramSettings } from "./instagram-settings";
import { pageList } from "./page-list";
import { pageSettings } from "./page-settings";
import { security } from "./security";
import { sitePage } from "./site-page";
import type { Visit, Visited } from "./visit";

type View = (visit: Visit) => Visited | Promise<Visited> | null;

const VIEWS: Record<string, View> = {
  "business-integrations": businessIntegrations,
  settings: businessIntegrations,
  security,
  pages: (visit) => {
    const [id] = visit.rest;
    if (id === undefined) return pageList(visit);
    const page = visit.emulator.index.pages.get(id);
    return page ? pageSettings(visit, page) : null;
  },
  instagram: instagramSettings,
  developers,
};

/** The pages of facebook.com beside the login dialog; whoever comes has to say who they are. */
export async function facebookPages(emulator: Emulator, call: Call): Promise<void> {
  const [name = "", ...rest] = call.path.split("/").filter(Boolean);
  const view = VIEWS[name];
  const form = new URLSearchParams(call.method === "POST" ? call.body.toString("utf8") : "");
  if (!view) return notFound(call);
  if (form.get("step") === "person") {
    const chosen = emulator.index.people.get(form.get("person") ?? "");
    if (!chosen) return sendHtml(call.res, 400, errorPage("Nobody chosen", "There is no such person."));
    return redirect(call, call.url.pathname, personCookie(chosen.id));
  }
  const person = currentPerson(emulator, call);
  if (!person || call.url.searchParams.has("switch")) {
    return sendHtml(call.res, 200, choosePersonPage(emulator, "Log in to Facebook", person));
  }
  const visited = await refusalOr(() => view({ emulator, call, person, form, rest }));
  if (visited instanceof Refusal)
    return sendHtml(call.res, visited.status, errorPage("That did not work", visited.message));
  if (visited === null) return notFound(call);
  if ("to" in visited) return redirect(call, visited.done ? `${visited.to}?done=${visited.done}` : visited.to);
  sendHtml(call.res, 200, sitePage({ ...visited, person }));
}

/** What is refused in words is told on a page. */
async function refusalOr<T>(act: () => T | Promise<T>): Promise<T | Refusal> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function notFound(call: Call): void {
  sendHtml(
    call.res,
    404,
    errorPage("This page is not available", "The emulator has no such page, or this person may not see it."),
  );
}

function redirect(call: Call, location: string, cookie?: string): void {
  call.res.writeHead(303, { location, "cache-control": "no-store", ...(cookie ? { "set-cookie": cookie } : {}) });
  call.res.end();
}
