import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { newId } from "../ids";
import type { WriteCtx } from "./context";

export type NewReceipt = {
  code: string;
  workspaceId: string | null;
  subject: "customer" | "facebook_person";
  memberId?: string;
  /** How much of what was erased; never what. */
  counts: Record<string, number>;
  remains?: "only_owner" | null;
};

/** 20 characters that nobody guesses and that can be read out: what proves an erasure and opens its status page. */
export function newReceiptCode(): string {
  return randomBytes(10).toString("hex").toUpperCase();
}

export async function keepReceipt(tx: WriteCtx, receipt: NewReceipt): Promise<void> {
  await tx.db.execute(sql`
    insert into deletion (id, code, workspace_id, subject, member_id, counts, remains, at)
    values (${newId()}, ${receipt.code}, ${receipt.workspaceId}, ${receipt.subject}, ${receipt.memberId ?? null},
      ${JSON.stringify(receipt.counts)}::jsonb, ${receipt.remains ?? null}, desk_now())`);
}
