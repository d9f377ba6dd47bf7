import type pg from "pg";
import { decryptSecret, encryptSecret, type Keyring } from "../crypto";
import { SEALED_COLUMNS } from "./sealed-columns";

/** Rows at a time; each is replaced by itself, so it may be stopped and begun again at any moment. */
const PIECE = 200;

export type Resealed = {
  /** Secrets that were encrypted anew, by table. */
  changed: Record<string, number>;
  /** Secrets that no known key decrypts, by table; they stay as they are. */
  unreadable: Record<string, number>;
};

/**
 * Encrypts every secret with the keyring's first key, beside a running desk: a row that changes meanwhile is looked at
 * again. What is encrypted with it already is left alone.
 */
export async function reseal(pool: pg.Pool, keyring: Keyring): Promise<Resealed> {
  const result: Resealed = { changed: {}, unreadable: {} };
  for (const { table, column, boundTo } of SEALED_COLUMNS) {
    const left = new Set<string>();
    for (;;) {
      const { rows } = await pool.query<{ bound: string; sealed: Buffer }>(
        `select ${boundTo} as bound, ${column} as sealed from ${table}
         where ${column} is not null and substr(${column}, 2, 4) <> decode($1, 'hex') and not (${boundTo}) = any($2) limit ${PIECE}`,
        [keyring.encryptWith, [...left]],
      );
      if (rows.length === 0) break;
      for (const { bound, sealed } of rows) {
        const secret = open(keyring, sealed, bound);
        if (secret === null) {
          left.add(bound);
          continue;
        }
        const { rowCount } = await pool.query(
          `update ${table} set ${column} = $1 where (${boundTo}) = $2 and ${column} = $3`,
          [encryptSecret(keyring, secret, bound), bound, sealed],
        );
        result.changed[table] = (result.changed[table] ?? 0) + (rowCount ?? 0);
      }
    }
    if (left.size > 0) result.unreadable[table] = left.size;
  }
  return result;
}

function open(keyring: Keyring, sealed: Buffer, bound: string): string | null {
  try {
    return decryptSecret(keyring, sealed, bound);
  } catch {
    // Its key was taken out before it was encrypted anew: the operator is told how many there are.
    return null;
  }
}
