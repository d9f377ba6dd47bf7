import { sql } from "drizzle-orm";
import { randomToken, sha256Hex } from "../crypto";
import { AppError } from "../errors";
import { isId, newId } from "../ids";
import type { ConnectWay } from "./connect-way";
import { type Ctx, type Member, requireAdmin, type WriteCtx, write } from "./context";
import { finishConnectAttempts } from "./finish-connect-attempts";

/** From the button to "Save", the login dialog included. */
export const ATTEMPT_MINUTES = 15;

/**
 * Begins to connect an account. `state` goes through Facebook's dialog and back, `browser` into a cookie of this browser:
 * only both together, with the same member signed in, can go on. What the browser had begun before is given up.
 * @throws AppError not_found for a channel that is not there
 */
export async function startConnectAttempt(
  ctx: Ctx,
  input: {
    way: Extract<ConnectWay, "login" | "pop_up" | "business_login">;
    /** What the browser had in its cookie until now. */
    previousBrowser: string | null;
    /** The channel to reconnect, when it begins there. */
    channelId: string | null;
    /** Facebook is to show again what was declined before. */
    askAgain?: boolean;
  },
): Promise<{ state: string; browser: string }> {
  const member = requireAdmin(ctx);
  const [state, browser] = [randomToken(), randomToken()];
  await write(ctx, async (tx) => {
    await requireOwnChannel(tx, member, input.channelId);
    if (input.previousBrowser) await finishConnectAttempts(tx, member, input.previousBrowser);
    await tx.db.execute(sql`
      insert into connect_attempt (workspace_id, id, member_id, channel_id, way, asked_again, state_hash, browser_hash, created_at, expires_at)
      values (${member.workspaceId}, ${newId()}, ${member.id}, ${input.channelId}, ${input.way}, ${input.askAgain ?? false}, ${sha256Hex(state)}, ${sha256Hex(browser)},
        desk_now(), desk_now() + make_interval(mins => ${ATTEMPT_MINUTES}))`);
  });
  return { state, browser };
}

/** @throws AppError not_found */
export async function requireOwnChannel(tx: WriteCtx, member: Member, channelId: string | null): Promise<void> {
  if (channelId === null) return;
  const { rows } = isId(channelId)
    ? await tx.db.execute(sql`select id from channel where workspace_id = ${member.workspaceId} and id = ${channelId}`)
    : { rows: [] };
  if (rows.length === 0) throw new AppError("not_found", "There is no such channel.");
}
