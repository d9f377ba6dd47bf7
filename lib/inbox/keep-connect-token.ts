import { sql } from "drizzle-orm";
import { randomToken, sha256Hex } from "../crypto";
import { newId } from "../ids";
import { sealUserToken } from "./connect-secrets";
import type { PageTokenWay } from "./connect-way";
import { type Ctx, requireAdmin, write } from "./context";
import { finishConnectAttempts } from "./finish-connect-attempts";
import { ATTEMPT_MINUTES, requireOwnChannel } from "./start-connect-attempt";

export type PastedToken = {
  way: PageTokenWay;
  /** The own app that it belongs to; null: the installation's. */
  facebookAppId: string | null;
  token: string;
  /** The Facebook person behind it, as that app knows them. */
  personId: string | null;
  previousBrowser: string | null;
  /** The channel to reconnect, when it begins there. */
  channelId: string | null;
};

/**
 * Keeps a Page token that a person brought, until its account is saved or the time is over. What the browser had begun
 * before is given up. @returns what to put into the browser's cookie. @throws AppError not_found
 */
export async function keepConnectToken(ctx: Ctx, input: PastedToken): Promise<{ browser: string }> {
  const member = requireAdmin(ctx);
  const [id, browser] = [newId(), randomToken()];
  await write(ctx, async (tx) => {
    await requireOwnChannel(tx, member, input.channelId);
    if (input.previousBrowser) await finishConnectAttempts(tx, member, input.previousBrowser);
    // No dialog will answer: its state is one that nobody knows.
    await tx.db.execute(sql`
      insert into connect_attempt (workspace_id, id, member_id, channel_id, way, facebook_app_id, state_hash, browser_hash,
        created_at, answered_at, expires_at, user_token_sealed, person_id)
      values (${member.workspaceId}, ${id}, ${member.id}, ${input.channelId}, ${input.way}, ${input.facebookAppId},
        ${sha256Hex(randomToken())}, ${sha256Hex(browser)}, desk_now(), desk_now(),
        desk_now() + make_interval(mins => ${ATTEMPT_MINUTES}), ${sql.param(sealUserToken(id, input.token))}, ${input.personId})`);
  });
  return { browser };
}
