import { sql } from "drizzle-orm";
import { type Ctx, write } from "./context";

const KEPT_DAYS = 1;

/** Erases the logins of attempts whose time is over, and old attempts altogether. @returns how many logins were erased */
export async function sweepConnectAttempts(ctx: Ctx): Promise<number> {
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute(sql`
      update connect_attempt set user_token_sealed = null, finished_at = coalesce(finished_at, desk_now())
      where user_token_sealed is not null and (expires_at <= desk_now() or finished_at is not null) returning id`);
    await tx.db.execute(
      sql`delete from connect_attempt where expires_at <= desk_now() - make_interval(days => ${KEPT_DAYS})`,
    );
    return rows.length;
  });
}
