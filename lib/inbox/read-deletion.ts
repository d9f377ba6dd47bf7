import { sql } from "drizzle-orm";
import type { Ctx } from "./context";

export type DeletionStatus = {
  /** Milliseconds since 1970. */
  at: number;
  /** Whether anything was kept of the person who asked. */
  found: boolean;
  remains: "only_owner" | null;
};

/** What the holder of a code may know: when, and whether something had to stay; never who or what. */
export async function readDeletion(ctx: Ctx, code: string): Promise<DeletionStatus | null> {
  if (!/^[0-9A-F]{20}$/.test(code)) return null;
  const { rows } = await ctx.db.execute<{ at: Date; found: boolean; remains: "only_owner" | null }>(sql`
    select max(at) as at, bool_or(workspace_id is not null) as found, max(remains) as remains from deletion
    where code = ${code} having count(*) > 0`);
  const row = rows[0];
  return row ? { ...row, at: row.at.getTime() } : null;
}
