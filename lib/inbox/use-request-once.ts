import { sql } from "drizzle-orm";
import { sha256 } from "../crypto";
import type { WriteCtx } from "./context";

/**
 * Whether this is the first time; it counts once the transaction commits, so what failed may be asked again.
 * @param purpose the same words, signed in the same second, may ask for two things
 */
export async function useRequestOnce(
  tx: WriteCtx,
  purpose: "deauthorize" | "data_deletion",
  proof: string,
): Promise<boolean> {
  const { rows } = await tx.db.execute(
    sql`insert into used_request (hash) values (${sql.param(sha256(`${purpose} ${proof}`))}) on conflict do nothing returning true as first`,
  );
  return rows.length > 0;
}
