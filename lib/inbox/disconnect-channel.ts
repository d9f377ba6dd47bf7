import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { dropJobs } from "../queue/drop-jobs";
import { enqueue } from "../queue/enqueue";
import { hastenJobs } from "../queue/hasten-jobs";
import { type Ctx, requireManager, type WriteCtx, write } from "./context";

export type DisconnectInput = {
  channelId: string;
  history: "keep" | "erase";
  /** For erasing: the account's name, as the person typed it. */
  confirmation?: string | undefined;
};

export type LeavingChannel = {
  workspaceId: string;
  channelId: string;
  facebookAppId: string;
  pageId: string;
  username: string;
  state: string;
  tokenSealed: Buffer | null;
};

/** The channel that is to be disconnected. @throws AppError forbidden, not_found; invalid when the erasure is not confirmed */
export async function readLeavingChannel(ctx: Ctx, input: DisconnectInput): Promise<LeavingChannel> {
  const { workspaceId } = requireManager(ctx);
  const { rows } = isId(input.channelId)
    ? await ctx.db.execute<LeavingChannel>(sql`
        select workspace_id as "workspaceId", id as "channelId", facebook_app_id as "facebookAppId", page_id as "pageId", username, state,
          token_sealed as "tokenSealed"
        from channel where workspace_id = ${workspaceId} and id = ${input.channelId}`)
    : { rows: [] };
  const channel = rows[0];
  if (!channel) throw new AppError("not_found", "There is no such channel.");
  const typed = (input.confirmation ?? "").trim().replace(/^@/, "").toLowerCase();
  if (input.history === "erase" && typed !== channel.username.toLowerCase())
    throw new AppError("invalid", `Type @${channel.username} to confirm that its history is erased.`);
  return channel;
}

/**
 * Forgets the account's token and ends what was under way for it; what waited to be sent fails with the reason. Its
 * history stays, and comes back in its place when the account is connected again, or is erased right after. Whoever calls
 * this has told Facebook. @throws AppError forbidden, not_found, invalid
 */
export async function disconnectChannel(ctx: Ctx, input: DisconnectInput): Promise<void> {
  const { workspaceId, channelId } = await readLeavingChannel(ctx, input);
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ facebookAppId: string; accountId: string }>(sql`
      update channel set state = 'disconnected', token_sealed = null, token_expires_at = null, data_access_expires_at = null, problem = null,
        problem_code = null, paused_until = null, disconnected_at = coalesce(disconnected_at, desk_now())
      where workspace_id = ${workspaceId} and id = ${channelId}
      returning facebook_app_id as "facebookAppId", account_id as "accountId"`);
    const channel = rows[0];
    if (!channel) throw new AppError("not_found", "There is no such channel.");
    await endWork(tx, { workspaceId, channelId });
    if (input.history === "erase") {
      await tx.db.execute(sql`
        insert into erased_account (facebook_app_id, account_id, erased_at) values (${channel.facebookAppId}, ${channel.accountId}, desk_now())
        on conflict (facebook_app_id, account_id) do update set erased_at = excluded.erased_at`);
      await enqueue(tx.db, { queue: "erase", key: channelId, payload: { workspaceId, channelId } });
    }
    tx.record({ workspaceId, type: "channel.changed", channelId });
    tx.wake("jobs");
  });
}

async function endWork(tx: WriteCtx, channel: { workspaceId: string; channelId: string }): Promise<void> {
  const { workspaceId, channelId } = channel;
  await tx.db.execute(sql`
    update back_fill set state = 'canceled', finished_at = desk_now(), resumes_at = null, problem = null
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and state in ('listing', 'reading')`);
  await tx.db.execute(
    sql`update meta_thread set back_fill_id = null where workspace_id = ${workspaceId} and channel_id = ${channelId}`,
  );
  await tx.db.execute(sql`
    update connect_attempt set finished_at = desk_now(), user_token_sealed = null
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and finished_at is null`);
  await dropJobs(tx.db, sql`queue in ('back-fill', 'compare') and key = ${channelId}`);
  // What waits to be sent is told now that it will not be.
  await hastenJobs(
    tx.db,
    "send",
    sql`select id::text from conversation where workspace_id = ${workspaceId} and channel_id = ${channelId}`,
  );
}
