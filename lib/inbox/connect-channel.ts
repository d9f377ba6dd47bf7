import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { newId } from "../ids";
import { hastenJobs } from "../queue/hasten-jobs";
import { sealPageToken } from "./connect-secrets";
import { type Ctx, type Member, type Program, requireManager, type WriteCtx, write } from "./context";
import { checkSoon } from "./schedule-checks";
import { startBackFill } from "./start-back-fill";

export type ConnectInput = {
  /** Null: a program connects it, without a browser. */
  attemptId: string | null;
  /** The Facebook person behind a program's token. */
  personId?: string | null;
  facebookAppId: string;
  page: { id: string; name: string };
  /** Page token; times in milliseconds since 1970, null: never. */
  token: { value: string; expiresAt: number | null; dataAccessExpiresAt: number | null };
  account: { id: string; username: string; name: string | null; pictureUrl: string | null };
  /** What keeps it from working although it is connected, by name and in words; null when all is well. */
  problem: { code: string; text: string } | null;
};

/**
 * Connects an account, or reconnects it in place with its history, and ends the attempt.
 * @throws AppError attempt_expired, conflict; channel_taken when another workspace has the account
 */
export async function connectChannel(ctx: Ctx, input: ConnectInput): Promise<{ channelId: string }> {
  const who = requireManager(ctx);
  return write(ctx, async (tx) => {
    const attempt = await finishAttempt(tx, who, input);
    const existing = await findOwn(tx, who, input);
    const channelId = existing?.id ?? newId();
    const { page, account, token, problem } = input;
    const { rows } = await tx.db.execute(sql`
      insert into channel (workspace_id, id, facebook_app_id, page_id, page_name, account_id, username, name, picture_url,
        state, problem, problem_code, token_sealed, token_expires_at, data_access_expires_at, way, person_id, connected_by,
        connected_as, connected_at, checked_at, created_at)
      values (${who.workspaceId}, ${channelId}, ${input.facebookAppId}, ${page.id}, ${page.name}, ${account.id}, ${account.username},
        ${account.name}, ${account.pictureUrl}, ${problem === null ? "healthy" : "broken"}, ${problem?.text ?? null}, ${problem?.code ?? null},
        ${sql.param(sealPageToken(channelId, token.value))}, ${asTime(token.expiresAt)}, ${asTime(token.dataAccessExpiresAt)},
        ${attempt.way}, ${attempt.personId}, ${who.type === "member" ? who.id : null}, ${attempt.personName}, desk_now(), desk_now(), desk_now())
      on conflict ${existing ? CONFLICT_OWN : CONFLICT_ANY} returning id`);
    if (rows.length === 0) {
      throw new AppError("conflict", `@${account.username} was connected by someone else at this moment.`);
    }
    // What waited for this goes out at once, in its order.
    await hastenJobs(
      tx.db,
      "send",
      sql`select id::text from conversation where workspace_id = ${who.workspaceId} and channel_id = ${channelId}`,
    );
    await checkSoon(tx, { workspaceId: who.workspaceId, channelId });
    tx.record({ workspaceId: who.workspaceId, type: "channel.changed", channelId });
    tx.wake("jobs");
    await tx.db.execute(sql`delete from erased_account where account_id = ${account.id}`);
    // Whatever was said meanwhile, and at first all that Meta still gives.
    const lived = existing !== null && existing.state !== "disconnected";
    await startBackFill(tx, { workspaceId: who.workspaceId, channelId, reason: lived ? "reconnect" : "connect" });
    return { channelId };
  });
}

const CONFLICT_OWN = sql`(workspace_id, id) do update set
  facebook_app_id = excluded.facebook_app_id, page_id = excluded.page_id, page_name = excluded.page_name, username = excluded.username, name = excluded.name,
  picture_url = excluded.picture_url, state = excluded.state, problem = excluded.problem, problem_code = excluded.problem_code,
  token_sealed = excluded.token_sealed, token_expires_at = excluded.token_expires_at,
  data_access_expires_at = excluded.data_access_expires_at, way = excluded.way, person_id = excluded.person_id,
  connected_by = excluded.connected_by, connected_as = excluded.connected_as, connected_at = excluded.connected_at,
  disconnected_at = null, checked_at = excluded.checked_at`;

const CONFLICT_ANY = sql`(account_id) where state <> 'disconnected' do nothing`;

type Finished = { way: string; personId: string | null; personName: string | null };

/** @returns how it came, and the Facebook person whose login it was */
async function finishAttempt(tx: WriteCtx, who: Member | Program, input: ConnectInput): Promise<Finished> {
  if (who.type === "api_key") return { way: "api", personId: input.personId ?? null, personName: null };
  const { rows } = await tx.db.execute<Finished>(sql`
    update connect_attempt set finished_at = desk_now(), user_token_sealed = null
    where workspace_id = ${who.workspaceId} and member_id = ${who.id} and id = ${input.attemptId}
      and user_token_sealed is not null and finished_at is null and expires_at > desk_now()
    returning way, person_id as "personId", person_name as "personName"`);
  if (!rows[0])
    throw new AppError("attempt_expired", "This login was used already or is older than 15 minutes. Start again.");
  return rows[0];
}

type Own = { id: string; state: string };

/** The workspace's own channel of this account, the living one first; it may have come through another app. One that is being erased is none. */
async function findOwn(tx: WriteCtx, who: Member | Program, input: ConnectInput): Promise<Own | null> {
  const { rows } = await tx.db.execute<Own & { workspaceId: string }>(sql`
    select id, state, workspace_id as "workspaceId" from channel
    where account_id = ${input.account.id}
      and (workspace_id = ${who.workspaceId} or state <> 'disconnected')
      and not exists (select from job where queue = 'erase' and key = channel.id::text)
    order by state = 'disconnected', created_at desc for update`);
  const first = rows[0];
  if (first && first.workspaceId !== who.workspaceId) throw taken(input.account.username);
  return first ?? null;
}

function asTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

function taken(username: string): AppError {
  return new AppError(
    "channel_taken",
    `@${username} is connected in another workspace of this desk. It has to be disconnected there before it can be connected here.`,
  );
}
