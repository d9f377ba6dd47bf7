import { sql } from "drizzle-orm";
import type { KnownFinding } from "./channel-finding";
import type { Ctx } from "./context";
import { readFindings } from "./read-findings";

/** A channel as the doctor needs it; moments in milliseconds since 1970. */
export type CheckTarget = {
  workspaceId: string;
  channelId: string;
  facebookAppId: string;
  pageId: string;
  pageName: string;
  accountId: string;
  username: string;
  state: "connecting" | "healthy" | "broken";
  problem: string | null;
  problemCode: string | null;
  connectedAs: string | null;
  tokenSealed: Buffer;
  connectedAt: number | null;
  lastDeliveryAt: number | null;
  known: KnownFinding[];
};

/** @returns null for a channel that is not connected */
export async function readCheckTarget(
  ctx: Ctx,
  input: { workspaceId: string; channelId: string },
): Promise<CheckTarget | null> {
  type Row = Omit<CheckTarget, "known" | "connectedAt" | "lastDeliveryAt"> & {
    connectedAt: Date | null;
    lastDeliveryAt: Date | null;
  };
  const { rows } = await ctx.db.execute<Row>(sql`
    select workspace_id as "workspaceId", id as "channelId", facebook_app_id as "facebookAppId", page_id as "pageId",
      page_name as "pageName", account_id as "accountId", username, state, problem, problem_code as "problemCode", connected_as as "connectedAs",
      token_sealed as "tokenSealed", connected_at as "connectedAt", last_delivery_at as "lastDeliveryAt"
    from channel
    where workspace_id = ${input.workspaceId} and id = ${input.channelId} and state <> 'disconnected' and token_sealed is not null`);
  const row = rows[0];
  if (!row) return null;
  return {
    ...row,
    connectedAt: row.connectedAt?.getTime() ?? null,
    lastDeliveryAt: row.lastDeliveryAt?.getTime() ?? null,
    known: await readFindings(ctx.db, input),
  };
}
