import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { addCustomIntegration } from "@/lib/inbox/add-custom-integration";
import { processHandles } from "@/lib/process-handles";
import type { LiveDesk } from "./live-desk";
import { openSink, type Sink } from "./sink";

export type Hook = { id: string; integrationId: string; target: string; secret: string; signingSecret: string };

/** Somebody who builds on the desk: a key of the public API, and endpoints that are told. */
export type Integrator = {
  appId: string;
  /** @param as the authorization of another key */
  call(method: string, path: string, body?: object, as?: string): Promise<{ status: number; json: Answer }>;
  /** The authorization of another key; one of an integration belongs to one of its own. */
  newKey(scope: "app" | "integration" | "account", people: boolean): Promise<string>;
  newSink(host?: string): Promise<Sink>;
  /** A custom integration with one webhook. */
  subscribe(target: string, triggers?: string[], options?: object): Promise<Hook>;
  /** Ends every integration and endpoint. */
  clear(): Promise<void>;
};

// biome-ignore lint/suspicious/noExplicitAny: what the API answers is what the tests look at.
type Answer = any;

export async function openIntegrator(live: LiveDesk): Promise<Integrator> {
  const { keyring } = processHandles();
  if (!keyring) throw new Error("openLiveDesk comes first");
  const { workspaceId } = live.shop;
  const appId = publicId(workspaceId);
  const authorization = await newKey("app", true);
  const sinks: Sink[] = [];
  const integrations: string[] = [];

  async function newKey(scope: "app" | "integration" | "account", people: boolean): Promise<string> {
    if (!keyring) throw new Error("openLiveDesk comes first");
    const common = { name: "Test", people, createdBy: null };
    const program = { db: live.desk.db, actor: { type: "api_key" as const, workspaceId, keyId: "app_", people } };
    const { id, secret } = await createApiKey(
      live.desk.db,
      keyring,
      scope === "account"
        ? { ...common, scope }
        : scope === "app"
          ? { ...common, scope, workspaceId }
          : { ...common, scope, workspaceId, integrationId: await addCustomIntegration(program, { name: "Bot" }) },
    );
    return `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
  }

  async function call(method: string, path: string, body?: object, as = authorization) {
    const response = await fetch(`${live.url}/v2/apps/${appId}${path}`, {
      method,
      headers: { authorization: as, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json() };
  }

  return {
    appId,
    call,
    newKey,
    async newSink(host) {
      const sink = await openSink(host);
      sinks.push(sink);
      return sink;
    },
    async subscribe(target, triggers = ["*"], options = {}) {
      const webhooks = [{ target, triggers, ...options }];
      const { status, json } = await call("POST", "/integrations", {
        type: "custom",
        displayName: "Our bot",
        webhooks,
      });
      if (status !== 201) throw new Error(`The integration was refused: ${JSON.stringify(json)}`);
      integrations.push(json.integration.id);
      return { ...json.integration.webhooks[0], integrationId: json.integration.id };
    },
    async clear() {
      for (const integrationId of integrations.splice(0)) await call("DELETE", `/integrations/${integrationId}`);
      await Promise.all(sinks.splice(0).map((sink) => sink.close()));
    },
  };
}
