import { sql } from "drizzle-orm";
import { hastenJobs } from "../queue/hasten-jobs";
import { askForCheck } from "./ask-for-check";
import type { Finding } from "./channel-finding";
import { type Ctx, write } from "./context";
import { keepFindings } from "./keep-findings";
import { readBackLater } from "./read-back-later";

export type CheckCause = {
  /** The doctor's line. */
  line: string;
  /** In words: what happened and what to do. */
  problem: string;
  /** Whether nothing can be answered until it is mended. */
  blocks: boolean;
};

type Check = {
  workspaceId: string;
  channelId: string;
  /** When the channel was read; connected anew since, it was another connection that was looked at. */
  connectedAt: number | null;
  findings: Finding[];
  cause: CheckCause | null;
  expiry?: { tokenExpiresAt: number | null; dataAccessExpiresAt: number | null } | undefined;
};

/**
 * Keeps the outcome of a check. Found well again the channel works again, and what waited for it leaves by itself;
 * what only hinders receiving leaves it sending.
 */
export async function recordCheck(ctx: Ctx, check: Check): Promise<void> {
  const { workspaceId, channelId, cause, expiry } = check;
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ state: string; problem: string | null; connectedAt: Date | null }>(sql`
      select state, problem, connected_at as "connectedAt" from channel
      where workspace_id = ${workspaceId} and id = ${channelId} and state <> 'disconnected' for update`);
    const before = rows[0];
    if (!before || (before.connectedAt?.getTime() ?? null) !== check.connectedAt) return;
    await keepFindings(tx, check, check.findings);
    const state = cause?.blocks ? "broken" : "healthy";
    await tx.db.execute(sql`
      update channel set state = ${state}, problem = ${cause?.problem ?? null}, problem_code = ${cause?.line ?? null}, checked_at = desk_now()
        ${expiry ? sql`, token_expires_at = ${asTime(expiry.tokenExpiresAt)}, data_access_expires_at = ${asTime(expiry.dataAccessExpiresAt)}` : sql``}
      where workspace_id = ${workspaceId} and id = ${channelId}`);
    const renewed = check.findings.some(({ code }) => code === "resubscribed");
    if (renewed || (before.state === "healthy" && state === "broken")) await readBackLater(tx, check);
    if (before.state !== "healthy" && state === "healthy") {
      await hastenJobs(
        tx.db,
        "send",
        sql`select id::text from conversation where workspace_id = ${workspaceId} and channel_id = ${channelId}`,
      );
      tx.wake("jobs");
    }
    if (cause?.blocks) await askForCheck(tx, { channelId, when: "while_broken" });
    tx.record({ workspaceId, type: "channel.changed", channelId });
  });
}

function asTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
