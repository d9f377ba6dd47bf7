import { sql } from "drizzle-orm";
import { sha256Hex } from "../crypto";
import type { Member, WriteCtx } from "./context";

/** Ends what a member has begun in one browser; the login in it is erased. */
export async function finishConnectAttempts(tx: WriteCtx, member: Member, browser: string): Promise<void> {
  await tx.db.execute(sql`
    update connect_attempt set finished_at = desk_now(), user_token_sealed = null
    where workspace_id = ${member.workspaceId} and member_id = ${member.id} and browser_hash = ${sha256Hex(browser)}
      and finished_at is null`);
}
