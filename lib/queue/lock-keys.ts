import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";

/** First half of the advisory locks' number; the second half is the key's stripe. */
const KEY_LOCKS = 7_303;

/** A power of two. One lock per key would exhaust the server's lock table in a transaction that enqueues for 10,000 keys. */
const STRIPES = 1_024;

/**
 * Holds the keys until the transaction ends: nobody else enqueues for them or lets their head leave. Always in the same
 * order, so that two lists cannot wait for each other.
 * @param keys a row source with the text columns queue and key
 */
export async function lockKeys(tx: Transaction, keys: SQL): Promise<void> {
  await tx.execute(sql`
    select pg_advisory_xact_lock(${sql.raw(String(KEY_LOCKS))}, stripe) from (
      select distinct (hashtextextended(queue || ' ' || key, 0) & ${sql.raw(String(STRIPES - 1))})::int as stripe
      from ${keys} order by stripe
    ) as stripes`);
}
