import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";

export type ChannelRef = { workspaceId: string; channelId: string; lastDeliveryAt: Date | null };

/**
 * Connected channels by Facebook app and account, and by nothing less: one integrator's app can never speak for
 * another's account. @returns by `<facebook app id> <account id>`
 */
export async function findChannels(
  db: Queryable,
  accounts: { facebookAppId: string; accountId: string }[],
): Promise<Map<string, ChannelRef>> {
  const { rows } = await db.execute<ChannelRef & { facebookAppId: string; accountId: string }>(sql`
    select distinct h.facebook_app_id as "facebookAppId", h.account_id as "accountId", h.workspace_id as "workspaceId",
      h.id as "channelId", h.last_delivery_at as "lastDeliveryAt"
    from channel h
    join unnest(${sql.param(accounts.map((account) => account.facebookAppId))}::text[], ${sql.param(accounts.map((account) => account.accountId))}::text[])
      as given(facebook_app_id, account_id) on given.facebook_app_id = h.facebook_app_id and given.account_id = h.account_id
    where h.state <> 'disconnected'`);
  return new Map(rows.map(({ facebookAppId, accountId, ...ref }) => [`${facebookAppId} ${accountId}`, ref]));
}
