import { sql } from "drizzle-orm";
import type { Queryable } from "@/lib/db/connection";
import { setClockOffset } from "@/lib/time";

/** Moves the desk's one clock, in the database and in this process. */
export async function setClock(db: Queryable, offsetMs: number): Promise<void> {
  await db.execute(sql`
    insert into clock (id, offset_ms) values (1, ${offsetMs}) on conflict (id) do update set offset_ms = excluded.offset_ms`);
  setClockOffset(offsetMs);
}
