import type { Emulator } from "../emulator";
import { grantOf } from "../graph/access";
import { type Call, sendHtml } from "../http";
import { authorizationCode } from "../ids";
import type { App, Person } from "../world/types";
import { type ConsentRequest, planConsent, readTicked, rememberConsent } from "./consent";
import { choosePersonPage, confirmPage, consentPage, errorPage } from "./dialog-pages";
import { currentPerson, personCookie } from "./person-cookie";
import { SCOPES } from "./scopes";

interface DialogRequest extends ConsentRequest {
  app: App;
  redirectUri: string;
  state: string | null;
  responseType: string[];
}

/** `/facebook/v{N}.0/dialog/oauth`: who are you, what do you allow, and back to the app. */
export function dialog(emulator: Emulator, call: Call) {
  const request = readRequest(emulator, call.url);
  if ("refused" in request) return sendHtml(call.res, 400, errorPage(request.refused, request.words));
  const form = new URLSearchParams(call.method === "POST" ? call.body.toString("utf8") : "");
  if (form.get("step") === "person") return switchPerson(emulator, call, form.get("person") ?? "");

  const person = currentPerson(emulator, call);
  const step = form.get("step") ?? call.url.searchParams.get("step");
  if (!person || !step)
    return sendHtml(call.res, 200, choosePersonPage(emulator, `Log in to ${request.app.name}`, person));
  const edit = step === "edit";
  const plan = planConsent(emulator, request, person, edit);
  if (call.method === "POST") {
    if (form.get("decision") !== "continue") return redirect(call, deniedUrl(request));
    if (plan) rememberConsent(emulator, request.app.id, person, plan, form.getAll("scope"), readTicked(form));
    return redirect(call, grantedUrl(emulator, request, person));
  }
  const links = { edit: stepUrl(call.url, "edit"), other: stepUrl(call.url, null) };
  if (!plan) return sendHtml(call.res, 200, confirmPage(request.app, person, links));
  const known = grantOf(emulator, person.id, request.app.id) !== undefined;
  sendHtml(call.res, 200, consentPage(emulator, request.app, person, plan, { edit, known }, links));
}

function readRequest(emulator: Emulator, url: URL): DialogRequest | { refused: string; words: string } {
  const query = url.searchParams;
  const app = emulator.app(query.get("client_id"));
  if (!app) return { refused: "Invalid App ID", words: "The provided app ID does not look like a valid app ID." };
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!app.redirectUris.includes(redirectUri)) {
    return {
      refused: "URL Blocked",
      words: `This redirect failed because the redirect URI is not white-listed in the app's client OAuth settings: ${redirectUri || "none given"}.`,
    };
  }
  const scopes = (query.get("scope") ?? "").split(/[\s,]+/).filter(Boolean);
  const unknown = scopes.filter((scope) => !(scope in SCOPES));
  if (unknown.length > 0) {
    return {
      refused: "Invalid Scopes",
      words: `Invalid Scopes: ${unknown.join(", ")}. This message is only shown to developers. Users of your app will ignore these permissions if present.`,
    };
  }
  const responseType = (query.get("response_type") ?? "code").split(/[\s,]+/);
  if (!responseType.includes("code") || responseType.includes("token")) {
    return { refused: "Unsupported response type", words: "The emulator answers with response_type=code only." };
  }
  if (query.has("config_id")) {
    return {
      refused: "Unsupported configuration",
      words: "The emulator does not play Facebook Login for Business (config_id). Ask with scope.",
    };
  }
  const rerequest = (query.get("auth_type") ?? "").split(",").includes("rerequest");
  return { app, appId: app.id, redirectUri, state: query.get("state"), scopes, rerequest, responseType };
}

function switchPerson(emulator: Emulator, call: Call, id: string) {
  const person = emulator.index.people.get(id);
  if (!person) return sendHtml(call.res, 400, errorPage("Nobody chosen", "There is no such person."));
  call.res.setHeader("set-cookie", personCookie(person.id));
  redirect(call, stepUrl(call.url, "consent"));
}

function stepUrl(url: URL, step: "consent" | "edit" | null): string {
  const next = new URL(url);
  if (step) next.searchParams.set("step", step);
  else next.searchParams.delete("step");
  return `${next.pathname}${next.search}`;
}

function grantedUrl(emulator: Emulator, request: DialogRequest, person: Person): string {
  const code = authorizationCode();
  const { app, redirectUri } = request;
  emulator.world.codes.push({
    value: code,
    appId: app.id,
    personId: person.id,
    redirectUri,
    issuedAt: emulator.now(),
    used: false,
  });
  emulator.changed();
  const url = new URL(redirectUri);
  url.searchParams.set("code", code);
  if (request.responseType.includes("granted_scopes")) {
    const grant = grantOf(emulator, person.id, app.id);
    url.searchParams.set("granted_scopes", grant?.granted.join(",") ?? "");
    url.searchParams.set("denied_scopes", grant?.declined.join(",") ?? "");
  }
  if (request.state !== null) url.searchParams.set("state", request.state);
  url.hash = "_=_";
  return url.href;
}

function deniedUrl(request: DialogRequest): string {
  const url = new URL(request.redirectUri);
  url.searchParams.set("error", "access_denied");
  url.searchParams.set("error_code", "200");
  url.searchParams.set("error_description", "Permissions error");
  url.searchParams.set("error_reason", "user_denied");
  if (request.state !== null) url.searchParams.set("state", request.state);
  return url.href;
}

function redirect(call: Call, location: string): void {
  call.res.writeHead(303, { location, "cache-control": "no-store" });
  call.res.end();
}
