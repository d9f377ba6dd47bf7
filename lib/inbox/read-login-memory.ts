import { sql } from "drizzle-orm";
import { type Ctx, requireAdmin } from "./context";

const LOGINS = 10;

/** What a login through Facebook's dialog led to; nothing of it is a secret. */
export type RememberedLogin = {
  /** The channel that was to be reconnected. */
  channelId: string | null;
  /** Facebook was to show again what was declined before. */
  askedAgain: boolean;
  personId: string | null;
  personName: string | null;
  /** granted, declined or expired, by permission; null when the dialog led nowhere. */
  permissions: Record<string, string> | null;
  /** Pages and accounts ticked in the dialog, by permission; one that is not there is for all. */
  targets: Record<string, string[]> | null;
  /** Why the dialog's answer could not be used. */
  problem: string | null;
  /** Milliseconds since 1970. */
  at: number;
};

/** The logins of the last day, the newest first, with which members of the workspace wanted to connect accounts. */
export async function readLoginMemory(ctx: Ctx): Promise<RememberedLogin[]> {
  const { workspaceId } = requireAdmin(ctx);
  const { rows } = await ctx.db.execute<Omit<RememberedLogin, "at"> & { at: Date }>(sql`
    select channel_id as "channelId", asked_again as "askedAgain", person_id as "personId", person_name as "personName", permissions, targets, problem,
      answered_at as at
    from connect_attempt
    where workspace_id = ${workspaceId} and answered_at is not null and (problem is not null or permissions is not null)
    order by answered_at desc limit ${LOGINS}`);
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
