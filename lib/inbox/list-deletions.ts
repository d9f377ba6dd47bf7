import { sql } from "drizzle-orm";
import { type Ctx, requireAdmin } from "./context";

/** A receipt; it says nothing of whom or what. */
export type DeletionRow = {
  id: string;
  code: string;
  subject: "customer" | "facebook_person";
  /** Who erased; null when Facebook passed on the request of a person of the brand. */
  by: string | null;
  counts: Record<string, number>;
  /** Milliseconds since 1970. */
  at: number;
};

const MOST = 100;

/** Newest first. @throws AppError forbidden */
export async function listDeletions(ctx: Ctx): Promise<DeletionRow[]> {
  const member = requireAdmin(ctx);
  const { rows } = await ctx.db.execute<Omit<DeletionRow, "at"> & { at: Date }>(sql`
    select d.id, d.code, d.subject, m.name as by, d.counts, d.at from deletion d
    left join member m on m.workspace_id = d.workspace_id and m.id = d.member_id
    where d.workspace_id = ${member.workspaceId} order by d.at desc, d.id desc limit ${MOST}`);
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
