import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";

/** The one workspace whose id lies between two; null for none, and for more than one. */
export async function findWorkspace(db: Queryable, range: { from: string; to: string }): Promise<string | null> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from workspace where id between ${range.from} and ${range.to} limit 2`,
  );
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}
