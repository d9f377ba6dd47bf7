import { sql } from "drizzle-orm";
import type { Ctx } from "./context";

/** Meta allows two calls a second and account; a little more between them: its clock and ours do not tick alike, and a call may have taken its time to get there. */
const GAP = sql`600 * interval '1 millisecond'`;

/**
 * One call to an account's conversations, from whichever process. @returns how long to wait before making it, ms;
 * `again` when others stand in line for so long that it is better to come back
 */
export async function takeReadingTurn(
  ctx: Ctx,
  input: { accountId: string; patienceMs: number },
): Promise<{ waitMs: number } | { again: number }> {
  const { rows } = await ctx.db.execute<{ waitMs: number }>(sql`
    insert into reading_pace as p (account_id, next_at) values (${input.accountId}, desk_now() + ${GAP})
    on conflict (account_id) do update set next_at = greatest(p.next_at, desk_now()) + ${GAP}
      where p.next_at <= desk_now() + ${input.patienceMs} * interval '1 millisecond'
    returning greatest(0, extract(epoch from p.next_at - ${GAP} - desk_now()) * 1000)::float8 as "waitMs"`);
  return rows[0] ?? { again: input.patienceMs };
}

/** The call has been answered: the next one keeps its distance from now, because nobody knows how long it took to get there. */
export async function endReadingTurn(ctx: Ctx, input: { accountId: string }): Promise<void> {
  await ctx.db.execute(sql`
    update reading_pace set next_at = greatest(next_at, desk_now() + ${GAP}) where account_id = ${input.accountId}`);
}
