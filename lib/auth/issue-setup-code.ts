import { sql } from "drizzle-orm";
import { randomToken, sha256Hex } from "../crypto";
import type { Database } from "../db/connection";
import { ownerExists } from "./owner-exists";

/**
 * A fresh code for the link `/setup?code=…`, valid once and until the next is issued; only its hash is kept.
 * @returns null once an owner exists
 */
export async function issueSetupCode(db: Database): Promise<string | null> {
  return db.transaction(async (tx) => {
    if (await ownerExists(tx)) return null;
    const code = randomToken();
    await tx.execute(sql`
      insert into setup_code (id, code_hash, created_at) values (1, ${sha256Hex(code)}, desk_now())
      on conflict (id) do update set code_hash = excluded.code_hash, created_at = excluded.created_at`);
    await tx.execute(sql`delete from wrong_guess where subject = 'setup_code'`);
    return code;
  });
}
