import { publicId } from "@/lib/api/public-id";
import { createApiKey } from "@/lib/auth/create-api-key";
import { processHandles } from "@/lib/process-handles";
import type { LiveDesk } from "./live-desk";
import { openSink, type Sink } from "./sink";

export type Hook = { id: string; target: string; secret: string; signingSecret: string };

/** Somebody who builds on the desk: a key of the public API, and endpoints that are told. */
export type Integrator = {
  appId: string;
  call(method: string, path: string, body?: object): Promise<{ status: number; json: Answer }>;
  newSink(): Promise<Sink>;
  /** A custom integration with one webhook. */
  subscribe(target: string, triggers?: string[]): Promise<Hook>;
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
  const key = { scope: "app", workspaceId, name: "Test", people: true, createdBy: null } as const;
  const { id, secret } = await createApiKey(live.desk.db, keyring, key);
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
  const sinks: Sink[] = [];
  const integrations: string[] = [];

  async function call(method: string, path: string, body?: object) {
    const response = await fetch(`${live.url}/v2/apps/${appId}${path}`, {
      method,
      headers: { authorization, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json() };
  }

  return {
    appId,
    call,
    async newSink() {
      const sink = await openSink();
      sinks.push(sink);
      return sink;
    },
    async subscribe(target, triggers = ["*"]) {
      const webhooks = [{ target, triggers }];
      const { status, json } = await call("POST", "/integrations", {
        type: "custom",
        displayName: "Our bot",
        webhooks,
      });
      if (status !== 201) throw new Error(`The integration was refused: ${JSON.stringify(json)}`);
      integrations.push(json.integration.id);
      return json.integration.webhooks[0];
    },
    async clear() {
      for (const integrationId of integrations.splice(0)) await call("DELETE", `/integrations/${integrationId}`);
      await Promise.all(sinks.splice(0).map((sink) => sink.close()));
    },
  };
}
