import { sql } from "drizzle-orm";
import { equalInConstantTime, sha256Hex } from "../crypto";
import type { Database, Transaction } from "../db/connection";
import { limitGuesses } from "../db/limit-guesses";
import { ownerExists } from "./owner-exists";

/** `owned`: the code is void. `blocked`: too many wrong codes, try again in so many minutes. */
export type SetupCodeCheck =
  | { state: "right" }
  | { state: "wrong" }
  | { state: "owned" }
  | { state: "blocked"; minutes: number };

/** Whether the code opens this installation; a wrong one counts towards the limit. */
export function checkSetupCode(db: Database, code: string): Promise<SetupCodeCheck> {
  return db.transaction((tx) => takeSetupCode(tx, code));
}

/** The same inside a transaction, which then holds the code's row: of two that carry the right code the second waits. */
export async function takeSetupCode(tx: Transaction, code: string): Promise<SetupCodeCheck> {
  const guess = await limitGuesses(tx, "setup_code", async () => {
    const { rows } = await tx.execute<{ codeHash: string }>(
      sql`select code_hash as "codeHash" from setup_code where id = 1 for update`,
    );
    // A statement of its own: it must see the owner who was created while waiting for the row.
    if (await ownerExists(tx)) return "owned";
    const given = Buffer.from(sha256Hex(code));
    return rows[0] && equalInConstantTime(Buffer.from(rows[0].codeHash), given) ? "right" : null;
  });
  return guess.state === "right" ? { state: guess.value } : guess;
}
