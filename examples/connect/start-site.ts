import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { chooseAccount, showAccounts } from "./accounts";
import { redirect, sendPage, sendText } from "./answer";
import { createConversations } from "./conversations";
import { createDesk } from "./desk";
import { createFacebook } from "./facebook";
import { answerMessage, followInbox, showInbox } from "./inbox";
import { answerLogin, answerPopUp, beginLogin, welcome } from "./login";
import { problemPage } from "./pages";
import { Refused, readForm } from "./request";
import { securityHeaders } from "./security-headers";
import { createSessions } from "./sessions";
import type { Settings } from "./settings";
import type { Site, Visit } from "./site";
import { hear } from "./webhook";

const FILES: Record<string, string> = {
  "/logo.svg": "image/svg+xml",
  "/style.css": "text/css; charset=utf-8",
  "/login.js": "text/javascript; charset=utf-8",
  "/live.js": "text/javascript; charset=utf-8",
};

const UNEXPECTED = { title: "That did not work", text: "Nothing was lost. Try again in a minute." };

/** Starts the site and has the desk tell it what happens. @returns what stops it */
export async function startSite(settings: Settings): Promise<() => void> {
  const desk = createDesk(settings);
  const signingSecret = await desk.listen();
  const site: Site = {
    settings,
    desk,
    signingSecret,
    facebook: createFacebook(settings),
    conversations: createConversations(),
  };
  const sessions = createSessions(settings);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", settings.siteUrl);
    const asked = `${request.method} ${url.pathname}`;
    securityHeaders(response, settings, { withFacebook: asked === "GET /" });
    const file = FILES[url.pathname];
    if (file && request.method === "GET") return sendFile(response, url.pathname, file);
    if (asked === "POST /webhook") return hear(site, request, response);
    if (asked === "GET /healthz") return sendText(response, 200, "ok");

    const session = sessions.of(request, response);
    const visit: Visit = { request, response, url, session, renew: () => sessions.renew(request, response, session) };
    if (asked === "GET /") return welcome(site, visit);
    if (asked === "POST /login") return beginLogin(site, visit);
    if (asked === "GET /login/answer") return answerLogin(site, visit);
    if (asked === "POST /login/pop-up") return answerPopUp(site, visit);
    if (asked === "GET /accounts") return showAccounts(site, visit);
    if (asked === "POST /accounts") return chooseAccount(site, visit);
    if (asked === "GET /events") return followInbox(site, visit);
    if (/^GET \/inbox(\/\w+)?$/.test(asked)) return showInbox(site, visit);
    if (/^POST \/inbox\/\w+$/.test(asked)) return answerMessage(site, visit);
    if (asked === "POST /leave") {
      await readForm(request, settings.siteUrl);
      sessions.end(request);
      return redirect(response, "/");
    }
    throw new Refused(404, "There is no such page.");
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const known = error instanceof Refused;
      if (!known) console.error(`${request.method} failed: ${error instanceof Error ? error.message : "unknown"}`);
      if (response.headersSent) return response.destroy();
      const told = known ? { title: error.message, text: "" } : UNEXPECTED;
      sendPage(response, known ? error.status : 500, problemPage({ siteName: settings.siteName, ...told }));
    });
  });
  server.listen(settings.port, settings.host);
  await once(server, "listening");
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

async function sendFile(response: ServerResponse, path: string, type: string): Promise<void> {
  const bytes = await readFile(new URL(`public${path}`, import.meta.url));
  response.writeHead(200, { "content-type": type, "cache-control": "no-cache" });
  response.end(bytes);
}
