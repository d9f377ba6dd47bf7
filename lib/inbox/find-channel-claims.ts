import { sql } from "drizzle-orm";
import { type Ctx, requireManager } from "./context";
import type { ChannelRow } from "./types";

export type ChannelClaim = { by: "us"; channelId: string; state: ChannelRow["state"] } | { by: "others" };

/** Which of these accounts are connected already, through whichever app; of another workspace nothing is told but that. @returns by account id */
export async function findChannelClaims(ctx: Ctx, input: { accountIds: string[] }): Promise<Map<string, ChannelClaim>> {
  const who = requireManager(ctx);
  const { rows } = await ctx.db.execute<{
    accountId: string;
    channelId: string;
    state: ChannelRow["state"];
    ours: boolean;
  }>(sql`
    select account_id as "accountId", id as "channelId", state, workspace_id = ${who.workspaceId} as ours from channel
    where account_id = any(${sql.param(input.accountIds)}::text[])
      and state <> 'disconnected'`);
  return new Map(
    rows.map(({ accountId, channelId, state, ours }) => [
      accountId,
      ours ? { by: "us", channelId, state } : { by: "others" },
    ]),
  );
}
