import { sql } from "drizzle-orm";
import { sha256Hex } from "../crypto";
import { AppError } from "../errors";
import { type Ctx, requireAdmin, write } from "./context";

/**
 * Takes the attempt to which an answer of the login dialog belongs; an answer counts once. Forged, repeated, late, from
 * another browser or for another member: all the same refusal. @throws AppError attempt_expired
 */
export async function claimConnectAttempt(
  ctx: Ctx,
  input: { state: string; browser: string },
): Promise<{ attemptId: string }> {
  const member = requireAdmin(ctx);
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ attemptId: string }>(sql`
      update connect_attempt set answered_at = desk_now()
      where state_hash = ${sha256Hex(input.state)} and browser_hash = ${sha256Hex(input.browser)}
        and workspace_id = ${member.workspaceId} and member_id = ${member.id}
        and answered_at is null and finished_at is null and expires_at > desk_now()
      returning id as "attemptId"`);
    if (rows[0]) return rows[0];
    throw new AppError(
      "attempt_expired",
      "This answer from Facebook does not belong to a login that you started in this browser within the last 15 minutes, or it was used before. Start again.",
    );
  });
}
