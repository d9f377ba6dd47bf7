import { randomBytes } from "node:crypto";
import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import { assetId } from "../ids";
import type { Input } from "../input";
import { SCOPES } from "../login/scopes";
import { shakeHands } from "../webhooks/handshakes";
import { INSTAGRAM_MESSAGING_FIELDS } from "../world/register-app";
import type { App } from "../world/types";
import { appViews } from "./apps";

const ROLES = ["administrator", "developer", "tester"] as const;

/** `/_control/apps/{id}` and what hangs below it. */
export async function appAction(emulator: Emulator, id: string, action: string, input: Input): Promise<object> {
  const app = emulator.app(id);
  if (!app) throw new Refusal(404, "There is no such app.");
  if (action === "") return changeApp(emulator, app, input);
  if (action === "secret") return { secret: resetSecret(emulator, app, input.textOr("secret")) };
  if (action === "configurations") return addConfiguration(emulator, app, input);
  if (action === "webhook") return changeWebhook(emulator, app, input);
  throw new Refusal(404, `There is no action ${action}.`);
}

function changeApp(emulator: Emulator, app: App, input: Input) {
  const optional = (name: "deauthorizeUrl" | "dataDeletionUrl") => {
    if (input.has(name)) app[name] = input.textOr(name);
  };
  app.name = input.textOr("name") ?? app.name;
  app.mode = input.oneOf("mode", ["live", "development"], app.mode);
  app.restricted = input.flag("restricted", app.restricted);
  app.humanAgent = input.flag("humanAgent", app.humanAgent);
  app.requireProof = input.flag("requireProof", app.requireProof);
  app.redirectUris = input.texts("redirectUris") ?? app.redirectUris;
  app.sdkDomains = input.texts("sdkDomains") ?? app.sdkDomains;
  optional("deauthorizeUrl");
  optional("dataDeletionUrl");
  const roles = input.raw.roles;
  if (roles !== undefined) app.roles = readRoles(emulator, roles);
  const testers = input.texts("testers");
  if (testers) app.testers = testers.map((id) => customer(emulator, id));
  for (const business of emulator.world.businesses) emulator.stream.businessChanged(business.igId);
  emulator.changed();
  return { app: appViews(emulator).find((one) => one.id === app.id) };
}

function readRoles(emulator: Emulator, given: unknown): App["roles"] {
  const roles = given && typeof given === "object" && !Array.isArray(given) ? Object.entries(given) : null;
  if (!roles) throw new Refusal(400, `"roles" has to be an object: person to role.`);
  return roles.map(([name, wanted]) => {
    const person = emulator.index.personByName(name);
    const role = ROLES.find((one) => one === wanted);
    if (!person) throw new Refusal(404, `There is no person "${name}".`);
    if (!role) throw new Refusal(400, `A role is one of: ${ROLES.join(", ")}.`);
    return { personId: person.id, role };
  });
}

function customer(emulator: Emulator, id: string): string {
  if (!emulator.index.customers.has(id)) throw new Refusal(404, `There is no customer "${id}".`);
  return id;
}

/** Saves a configuration of Facebook Login for Business, under its id or a new one. */
export function addConfiguration(emulator: Emulator, app: App, input: Input) {
  const scopes = input.texts("scopes") ?? [];
  const unknown = scopes.filter((scope) => !(scope in SCOPES));
  if (scopes.length === 0 || unknown.length > 0)
    throw new Refusal(
      400,
      `"scopes" has to be a list of permissions${unknown.length > 0 ? `; unknown: ${unknown.join(", ")}` : ""}.`,
    );
  const configuration = {
    id: input.textOr("id") ?? assetId(),
    name: input.textOr("name") ?? "Instagram messages",
    scopes,
    tokenType: input.oneOf("tokenType", ["user", "system_user"], "user"),
  };
  app.configurations = [...app.configurations.filter((one) => one.id !== configuration.id), configuration];
  emulator.changed();
  return { configuration };
}

/** The old secret is refused from now on, and every token made under it is dead. */
export function resetSecret(emulator: Emulator, app: App, given: string | null = null): string {
  app.previousSecret = app.secret;
  app.secret = given ?? randomBytes(16).toString("hex");
  for (const token of emulator.world.tokens) if (token.appId === app.id) token.death ??= "secret-reset";
  emulator.changed();
  return app.secret;
}

/** Changes or drops the app's subscription; another address is asked for the challenge first. */
async function changeWebhook(emulator: Emulator, app: App, input: Input) {
  if (input.has("url") && input.textOr("url") === null) {
    app.webhook = null;
    emulator.changed();
    return { webhook: null };
  }
  const url = input.textOr("url") ?? app.webhook?.url;
  if (!url) throw new Refusal(409, "This app has no webhook: give its url and verifyToken.");
  const verifyToken = input.textOr("verifyToken") ?? app.webhook?.verifyToken ?? "";
  const fields = input.texts("fields") ?? app.webhook?.fields ?? [...INSTAGRAM_MESSAGING_FIELDS];
  const same = app.webhook?.verified && app.webhook.url === url && app.webhook.verifyToken === verifyToken;
  const asked = !same && !input.flag("force", false) ? await shakeHands(url, verifyToken) : null;
  if (asked && !asked.verified) return { webhook: app.webhook, ...asked };
  app.webhook = { url, verifyToken, fields, verified: true };
  emulator.changed();
  return { webhook: { url, fields, verified: true }, verified: true, status: asked?.status ?? null, reason: null };
}
