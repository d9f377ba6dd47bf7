import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";

/**
 * Remembers that a key was used; once a minute is exact enough and spares the row.
 * @returns whether it still works: a body may have taken minutes to come in
 */
export async function touchApiKey(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with touched as (
      update api_key set last_used_at = desk_now()
      where id = ${id} and (last_used_at is null or last_used_at < desk_now() - interval '1 minute'))
    select 1 from api_key where id = ${id} and revoked_at is null`);
  return rows.length > 0;
}
