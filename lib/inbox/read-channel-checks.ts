import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import type { KnownFinding } from "./channel-finding";
import { type Ctx, requireAdmin } from "./context";
import { readFindingHistory, readFindings } from "./read-findings";

const HISTORY = 30;

/** What is known of a channel's health, as its own page shows it; moments in milliseconds since 1970. */
export type ChannelChecks = {
  workspaceId: string;
  channelId: string;
  facebookAppId: string;
  username: string;
  pageId: string;
  pageName: string;
  connectedAs: string | null;
  connectedAt: number | null;
  connected: boolean;
  /** What stands in the channel's row, whoever wrote it. */
  problem: string | null;
  problemCode: string | null;
  known: KnownFinding[];
  history: KnownFinding[];
};

/** @throws AppError not_found */
export async function readChannelChecks(ctx: Ctx, input: { channelId: string }): Promise<ChannelChecks> {
  const { workspaceId } = requireAdmin(ctx);
  type Row = Omit<ChannelChecks, "known" | "history" | "connectedAt"> & { connectedAt: Date | null };
  const { rows } = isId(input.channelId)
    ? await ctx.db.execute<Row>(sql`
        select workspace_id as "workspaceId", id as "channelId", facebook_app_id as "facebookAppId", username, page_id as "pageId",
          page_name as "pageName", connected_as as "connectedAs", connected_at as "connectedAt",
          state <> 'disconnected' and token_sealed is not null as connected, problem, problem_code as "problemCode"
        from channel where workspace_id = ${workspaceId} and id = ${input.channelId}`)
    : { rows: [] };
  const row = rows[0];
  if (!row) throw new AppError("not_found", "There is no such channel.");
  const [known, history] = await Promise.all([readFindings(ctx.db, row), readFindingHistory(ctx.db, row, HISTORY)]);
  return { ...row, connectedAt: row.connectedAt?.getTime() ?? null, known, history };
}
