import { sql } from "drizzle-orm";
import { decryptSecret, type Keyring } from "../crypto";
import type { Queryable } from "../db/connection";

export type WebhookDetails = {
  id: string;
  integrationId: string;
  target: string;
  triggers: string[];
  includeFullUser: boolean;
  includeFullSource: boolean;
  secret: string;
  signingSecret: string;
  disabledReason: string | null;
};

type WebhookRecord = Omit<WebhookDetails, "secret" | "signingSecret"> & {
  secretSealed: Buffer;
  signingSecretSealed: Buffer;
};

/** The webhooks of an integration, the oldest first. @param id only this one */
export async function selectWebhooks(
  ctx: { db: Queryable; keyring: Keyring },
  input: { workspaceId: string; integrationId: string; id?: string },
): Promise<WebhookDetails[]> {
  const { rows } = await ctx.db.execute<WebhookRecord>(sql`
    select id, integration_id as "integrationId", target, triggers, include_full_user as "includeFullUser",
      include_full_source as "includeFullSource", secret_sealed as "secretSealed", signing_secret_sealed as "signingSecretSealed",
      disabled_reason as "disabledReason"
    from webhook where workspace_id = ${input.workspaceId} and integration_id = ${input.integrationId}
      ${input.id === undefined ? sql`` : sql`and id = ${input.id}`} order by created_at, id`);
  return rows.map(({ secretSealed, signingSecretSealed, ...row }) => ({
    ...row,
    secret: decryptSecret(ctx.keyring, secretSealed, `webhook:${row.id}`),
    signingSecret: decryptSecret(ctx.keyring, signingSecretSealed, `webhook-signing:${row.id}`),
  }));
}
