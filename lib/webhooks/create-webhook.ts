import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { encryptSecret, type Keyring, randomToken } from "../crypto";
import type { Database, Queryable, Transaction } from "../db/connection";
import { AppError } from "../errors";
import { newId } from "../ids";
import { checkOutboundUrl } from "../outbound";
import { selectWebhooks, type WebhookDetails } from "./webhook-row";

/** The specification's limit. */
const MOST_WEBHOOKS = 10;

export type WebhookInput = {
  target: string;
  triggers: string[];
  includeFullUser?: boolean | undefined;
  includeFullSource?: boolean | undefined;
};

/** Begins to tell an address what happens from now on. @throws AppError invalid, not_found for an integration that is gone */
export async function createWebhook(
  ctx: { db: Database | Transaction; keyring: Keyring },
  input: WebhookInput & { workspaceId: string; integrationId: string },
): Promise<WebhookDetails> {
  const { workspaceId, integrationId } = input;
  checkOutboundUrl(input.target);
  const id = newId();
  await ctx.db.transaction(async (tx) => {
    await requireIntegration(tx, input);
    await beginToFollow(tx, workspaceId);
    const { rows } = await tx.execute<{ count: number }>(
      sql`select count(*)::int as count from webhook where workspace_id = ${workspaceId}`,
    );
    if ((rows[0]?.count ?? 0) >= MOST_WEBHOOKS)
      throw new AppError("invalid", `There are ${MOST_WEBHOOKS} webhooks, and no more are served. Delete one first.`);
    const secret = encryptSecret(ctx.keyring, randomToken(), `webhook:${id}`);
    const signing = `whsec_${randomBytes(32).toString("base64")}`;
    await tx.execute(sql`
      insert into webhook (workspace_id, id, integration_id, target, triggers, include_full_user, include_full_source, secret_sealed,
        signing_secret_sealed, created_at)
      values (${workspaceId}, ${id}, ${integrationId}, ${input.target}, ${JSON.stringify(input.triggers)}::jsonb,
        ${input.includeFullUser ?? false}, ${input.includeFullSource ?? false}, ${sql.param(secret)},
        ${sql.param(encryptSecret(ctx.keyring, signing, `webhook-signing:${id}`))}, desk_now())`);
  });
  const [webhook] = await selectWebhooks(ctx, { workspaceId, integrationId, id });
  if (!webhook) throw new AppError("conflict", "The webhook was deleted at this moment.");
  return webhook;
}

/** Held until the webhook is there: who deletes the integration deletes its webhooks with it. @throws AppError not_found */
async function requireIntegration(
  tx: Queryable,
  { workspaceId, integrationId: id }: { workspaceId: string; integrationId: string },
): Promise<void> {
  const inside = sql`workspace_id = ${workspaceId} and id = ${id} for key share`;
  const custom = await tx.execute(sql`select 1 from custom_integration where ${inside}`);
  if (custom.rows.length > 0) return;
  const { rows } = await tx.execute(sql`select 1 from channel where ${inside}`);
  if (rows.length === 0) throw new AppError("not_found", "There is no such integration any more.");
}

/** The log is followed from here on; the lock keeps the count of webhooks true. */
async function beginToFollow(tx: Queryable, workspaceId: string): Promise<void> {
  await tx.execute(sql`
    insert into webhook_cursor (workspace_id, sequence) select workspace_id, last from workspace_sequence
    where workspace_id = ${workspaceId} on conflict do nothing`);
  await tx.execute(sql`select 1 from webhook_cursor where workspace_id = ${workspaceId} for update`);
}
