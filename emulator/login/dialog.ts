import type { Emulator } from "../emulator";
import { grantOf, hasRole } from "../graph/access";
import { type Call, sendHtml } from "../http";
import { planConsent, readTicked, rememberConsent } from "./consent";
import { choosePersonPage, confirmPage, consentPage, errorPage } from "./dialog-pages";
import { type DialogRequest, NOT_ACTIVE, readDialogRequest } from "./dialog-request";
import { DENIED_PARAMS, grantedParams, redirectUrl } from "./dialog-result";
import { currentPerson, personCookie } from "./person-cookie";
import { sdkAnswerPage } from "./sdk-answer-page";

/** `/facebook/v{N}.0/dialog/oauth`: who are you, what do you allow, and back to the app. */
export function dialog(emulator: Emulator, call: Call) {
  const request = readDialogRequest(emulator, call.url);
  if ("refused" in request) return sendHtml(call.res, 400, errorPage(request.refused, request.words));
  const form = new URLSearchParams(call.method === "POST" ? call.body.toString("utf8") : "");
  if (form.get("step") === "person") return switchPerson(emulator, call, form.get("person") ?? "");

  const person = currentPerson(emulator, call);
  const step = form.get("step") ?? call.url.searchParams.get("step");
  if (!person || !step)
    return sendHtml(call.res, 200, choosePersonPage(emulator, `Log in to ${request.app.name}`, person));
  if (!hasRole(request.app, person.id)) return sendHtml(call.res, 400, errorPage(NOT_ACTIVE.refused, NOT_ACTIVE.words));
  const edit = step === "edit";
  const plan = planConsent(emulator, request, person, edit);
  if (call.method === "POST") {
    if (form.get("decision") !== "continue") return goBack(call, request, DENIED_PARAMS);
    if (plan) rememberConsent(emulator, request.app.id, person, plan, form.getAll("scope"), readTicked(form));
    return goBack(call, request, grantedParams(emulator, request, person));
  }
  const links = { edit: stepUrl(call.url, "edit"), other: stepUrl(call.url, null) };
  if (!plan) return sendHtml(call.res, 200, confirmPage(emulator, request.app, person, links));
  const known = grantOf(emulator, person.id, request.app.id) !== undefined;
  sendHtml(call.res, 200, consentPage(emulator, request.app, person, plan, { edit, known }, links));
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

/** To the app's address, or by a message to the page that opened the pop-up. */
function goBack(call: Call, request: DialogRequest, params: Record<string, string>) {
  if (request.sdkOrigin === null) return redirect(call, redirectUrl(request, params));
  sendHtml(call.res, 200, sdkAnswerPage(request.sdkOrigin, call.url.searchParams.get("cb") ?? "", params));
}

function redirect(call: Call, location: string): void {
  call.res.writeHead(303, { location, "cache-control": "no-store" });
  call.res.end();
}
