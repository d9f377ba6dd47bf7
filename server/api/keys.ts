import { refuse } from "../../lib/api/api-refusal";
import * as routes from "../../lib/api/routes/keys";
import { createApiKey } from "../../lib/auth/create-api-key";
import { type ApiKeyRow, listApiKeys } from "../../lib/auth/list-api-keys";
import { revokeApiKey } from "../../lib/auth/revoke-api-key";
import { listIntegrations } from "../../lib/inbox/list-integrations";
import { type ApiCall, answering } from "./answering";
import { findIntegration } from "./find";

const MOST_KEYS = 10;

export const keyAnswers = [
  answering(routes.createAppKey, async (call) => ({ key: await newKey(call, null) })),
  answering(routes.listAppKeys, async (call) => ({ keys: (await keysOf(call, null)).map(shown) })),
  answering(routes.getAppKey, async (call) => ({ key: shown(await findKey(call, null)) })),
  answering(routes.deleteAppKey, async (call) => revoke(call, null)),

  answering(routes.createCustomIntegrationKey, async (call) => ({ key: await newKey(call, await custom(call)) })),
  answering(routes.listCustomIntegrationKeys, async (call) => ({
    keys: (await keysOf(call, await custom(call))).map(shown),
  })),
  answering(routes.getCustomIntegrationKey, async (call) => ({ key: shown(await findKey(call, await custom(call))) })),
  answering(routes.deleteCustomIntegrationKey, async (call) => revoke(call, await custom(call))),
];

/** @throws ApiRefusal 400 for the eleventh, 403 for a program that would call itself people */
async function newKey(call: ApiCall<unknown, { displayName: string; people: boolean }>, integrationId: string | null) {
  const { ctx, keyring } = call;
  const { displayName: name, people } = call.body;
  const { workspaceId } = ctx.actor;
  if (people && call.key.scope === "app" && !call.key.people)
    throw refuse(403, "forbidden", "people: this key is a program's, so that keys made with it are programs' too");
  if ((await keysOf(call, integrationId)).length >= MOST_KEYS)
    throw refuse(400, "bad_request", `There are ${MOST_KEYS} keys already; revoke one first`);
  const common = { name, people, createdBy: null, workspaceId };
  const made = await createApiKey(
    ctx.db,
    keyring,
    integrationId === null ? { ...common, scope: "app" } : { ...common, scope: "integration", integrationId },
  );
  return { ...made, displayName: name, people };
}

async function keysOf({ ctx }: ApiCall, integrationId: string | null): Promise<ApiKeyRow[]> {
  const keys = await listApiKeys(ctx.db, { workspaceId: ctx.actor.workspaceId });
  return keys.filter((key) => key.integrationId === integrationId);
}

/** @throws ApiRefusal 404 */
async function findKey(call: ApiCall, integrationId: string | null): Promise<ApiKeyRow> {
  const key = (await keysOf(call, integrationId)).find(({ id }) => id === call.params.keyId);
  if (!key) throw refuse(404, "not_found", "Resource not found");
  return key;
}

async function revoke(call: ApiCall, integrationId: string | null) {
  const { id } = await findKey(call, integrationId);
  await revokeApiKey(call.ctx.db, { workspaceId: call.ctx.actor.workspaceId, id });
  return {};
}

/** @throws ApiRefusal 400 for what has no keys, 404 */
async function custom(call: ApiCall): Promise<string> {
  const id = await findIntegration(call, call.params.integrationId ?? "");
  const [known] = await listIntegrations(call.ctx, { id, limit: 1 });
  if (known?.type !== "custom") throw refuse(400, "bad_request", "Only custom integrations have keys");
  return id;
}

function shown({ id, name, people }: ApiKeyRow) {
  return { id, displayName: name, people };
}
