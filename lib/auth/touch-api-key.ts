import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";

/** Remembers that a key was used; once a minute is exact enough and spares the row. */
export async function touchApiKey(db: Queryable, id: string): Promise<void> {
  await db.execute(sql`
    update api_key set last_used_at = desk_now()
    where id = ${id} and (last_used_at is null or last_used_at < desk_now() - interval '1 minute')`);
}
