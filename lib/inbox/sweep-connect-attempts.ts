import { sql } from "drizzle-orm";
import { type Ctx, write } from "./context";

const KEPT_DAYS = 1;

/** Erases the logins of attempts whose time is over, old attempts altogether, and Facebook apps that no channel goes through. @returns how many logins were erased */
export async function sweepConnectAttempts(ctx: Ctx): Promise<number> {
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute(sql`
      update connect_attempt set user_token_sealed = null, finished_at = coalesce(finished_at, desk_now())
      where user_token_sealed is not null and (expires_at <= desk_now() or finished_at is not null) returning id`);
    await tx.db.execute(
      sql`delete from connect_attempt where expires_at <= desk_now() - make_interval(days => ${KEPT_DAYS})`,
    );
    // An app that was brought and then led to no channel, or whose channels are gone.
    await tx.db.execute(sql`
      delete from facebook_app a
      where a.created_at <= desk_now() - make_interval(days => ${KEPT_DAYS})
        and not exists (select 1 from channel h where h.workspace_id = a.workspace_id and h.facebook_app_id = a.id
          and h.state <> 'disconnected')
        and not exists (select 1 from connect_attempt t where t.workspace_id = a.workspace_id and t.facebook_app_id = a.id
          and t.finished_at is null and t.expires_at > desk_now())`);
    return rows.length;
  });
}
