import { sql } from "drizzle-orm";
import { log } from "../log";
import { MINUTE } from "../time";
import type { Transaction } from "./connection";

export type GuessSubject = "setup_code" | "invitation";

/** Wrong ones before the door closes for the rest of the window. */
const WRONG_GUESSES: Record<GuessSubject, number> = { setup_code: 10, invitation: 50 };
const WINDOW_MS = 15 * MINUTE;

export type Guess<T> = { state: "right"; value: T } | { state: "wrong" } | { state: "blocked"; minutes: number };

/**
 * Looks a secret up and counts it when there is none such. Once too many were wrong even the right one is refused, or
 * the limit would limit nothing. The transaction has to commit for the count to stay: answer a wrong guess, do not throw.
 * @param find null when the secret is wrong
 */
export async function limitGuesses<T>(
  tx: Transaction,
  subject: GuessSubject,
  find: () => Promise<T | null>,
): Promise<Guess<T>> {
  const windowMs = sql.raw(String(WINDOW_MS));
  // Counted before it is looked up: the row stays locked, so parallel guesses cannot pass together.
  const { rows } = await tx.execute<{ count: number; leftMs: number }>(sql`
    insert into wrong_guess as known (subject, count, since) values (${subject}, 1, desk_now())
    on conflict (subject) do update set
      count = case when known.since + ${windowMs} * interval '1 millisecond' <= desk_now() then 1 else known.count + 1 end,
      since = case when known.since + ${windowMs} * interval '1 millisecond' <= desk_now() then desk_now() else known.since end
    returning count, ${windowMs} - (extract(epoch from desk_now() - since) * 1000)::float8 as "leftMs"`);
  const counted = rows[0];
  if (!counted) throw new Error("A guess was not counted.");
  if (counted.count > WRONG_GUESSES[subject]) {
    // Once for each closing of the door: whoever guesses on must not fill the log.
    if (counted.count === WRONG_GUESSES[subject] + 1)
      log.warn({ subject }, "too many wrong guesses: none is taken now");
    return { state: "blocked", minutes: Math.max(1, Math.ceil(counted.leftMs / MINUTE)) };
  }
  const value = await find();
  if (value === null) {
    log.warn({ subject, count: counted.count }, "a wrong guess was refused");
    return { state: "wrong" };
  }
  await tx.execute(sql`update wrong_guess set count = count - 1 where subject = ${subject}`);
  return { state: "right", value };
}
