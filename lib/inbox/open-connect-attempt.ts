import { sql } from "drizzle-orm";
import { sha256Hex } from "../crypto";
import { openUserToken } from "./connect-secrets";
import { type ConnectWay, isPageTokenWay } from "./connect-way";
import { type Ctx, requireAdmin } from "./context";

export type OpenConnectAttempt = {
  id: string;
  /** The channel that is to be reconnected, if it began there. */
  channelId: string | null;
  way: ConnectWay;
  /** The own app that it goes through; null: the installation's. */
  facebookAppId: string | null;
  outcome: { problem: string } | ConnectLogin | { pageToken: string };
};

/** What Facebook's dialog led to. */
export type ConnectLogin = {
  userToken: string;
  person: { id: string; name: string };
  /** Status by permission: granted, declined or expired. */
  permissions: Record<string, string>;
};

/** The login, or the pasted token, that waits in this browser for an account to be chosen; null when there is none or its time is over. */
export async function openConnectAttempt(ctx: Ctx, input: { browser: string }): Promise<OpenConnectAttempt | null> {
  const member = requireAdmin(ctx);
  const { rows } = await ctx.db.execute<{
    id: string;
    channelId: string | null;
    way: ConnectWay;
    facebookAppId: string | null;
    problem: string | null;
    sealed: Buffer | null;
    personId: string | null;
    personName: string | null;
    permissions: Record<string, string> | null;
  }>(sql`
    select id, channel_id as "channelId", way, facebook_app_id as "facebookAppId", problem, user_token_sealed as sealed, person_id as "personId",
      person_name as "personName", permissions
    from connect_attempt
    where workspace_id = ${member.workspaceId} and member_id = ${member.id} and browser_hash = ${sha256Hex(input.browser)}
      and answered_at is not null and finished_at is null and expires_at > desk_now()
    order by created_at desc limit 1`);
  const row = rows[0];
  if (!row) return null;
  const { id, channelId, way, facebookAppId, problem, sealed, personId, personName } = row;
  const attempt = { id, channelId, way, facebookAppId };
  if (problem !== null) return { ...attempt, outcome: { problem } };
  if (!sealed) return null;
  const token = openUserToken(id, sealed);
  if (isPageTokenWay(way)) return { ...attempt, outcome: { pageToken: token } };
  if (!personId) return null;
  const person = { id: personId, name: personName ?? "Someone" };
  return { ...attempt, outcome: { userToken: token, person, permissions: row.permissions ?? {} } };
}
