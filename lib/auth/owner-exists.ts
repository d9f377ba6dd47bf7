import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";

/** Whether somebody has made this installation theirs; until then only the setup code opens it. */
export async function ownerExists(db: Queryable): Promise<boolean> {
  const { rows } = await db.execute(sql`select from member where role = 'owner' and removed_at is null limit 1`);
  return rows.length > 0;
}
