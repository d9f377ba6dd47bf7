import { sql } from "drizzle-orm";
import { type Ctx, type WriteCtx, write } from "./context";
import { erasedContacts } from "./erased-contacts";
import { contactKey } from "./open-conversations";

/** Meta's clock and ours may differ: a thread that changed this shortly before it was read is read once more next time. */
const SLACK_SECONDS = 60;

export type ListedThread = { externalId: string; contactExternalId: string; username: string | null; updatedAt: Date };

/** What is needed to take the next step of a back-fill. */
export type BackFillStep = {
  workspaceId: string;
  backFillId: string;
  channelId: string;
  facebookAppId: string;
  pageId: string;
  accountId: string;
  tokenSealed: Buffer;
  state: "listing" | "reading";
  cursor: string | null;
  since: Date | null;
  unreadSince: Date;
  failures: number;
  secondsOld: number;
  /** The next thread to read. */
  thread: { externalId: string; contactExternalId: string; contactUsername: string | null } | null;
};

type Found = Omit<BackFillStep, "thread" | "tokenSealed"> & {
  tokenSealed: Buffer | null;
  channelState: string;
  channelProblem: string | null;
  msPaused: number | null;
  externalId: string | null;
  contactExternalId: string;
  contactUsername: string | null;
};

type Id = { workspaceId: string; backFillId: string };

/** How often a back-fill of a broken channel looks whether it works again; reconnecting begins a new one at once. */
const HELD_MS = 60_000;

/** @returns what to do now: a step, a wait, or nothing because it has ended */
export async function readBackFillStep(
  ctx: Ctx,
  input: Id,
): Promise<{ next: "step"; step: BackFillStep } | { next: "wait"; ms: number } | { next: "nothing" }> {
  const { rows } = await ctx.db.execute<Found>(sql`
    select b.workspace_id as "workspaceId", b.id as "backFillId", b.channel_id as "channelId", b.state, b.cursor, b.since,
      b.unread_since as "unreadSince", b.failures, extract(epoch from desk_now() - b.created_at)::float8 as "secondsOld",
      h.facebook_app_id as "facebookAppId", h.page_id as "pageId", h.account_id as "accountId", h.token_sealed as "tokenSealed",
      h.state as "channelState", h.problem as "channelProblem",
      (extract(epoch from h.paused_until - desk_now()) * 1000)::float8 as "msPaused",
      t.external_id as "externalId", t.contact_external_id as "contactExternalId", t.contact_username as "contactUsername"
    from back_fill b
    join channel h on h.workspace_id = b.workspace_id and h.id = b.channel_id
    left join lateral (
      select * from meta_thread where back_fill_id = b.id order by updated_at desc limit 1) t on true
    where b.workspace_id = ${input.workspaceId} and b.id = ${input.backFillId} and b.state in ('listing', 'reading')`);
  const found = rows[0];
  if (!found || found.channelState === "disconnected") return { next: "nothing" };
  const { tokenSealed, channelState, channelProblem, msPaused, externalId, ...step } = found;
  if (channelState === "broken" || !tokenSealed) {
    await startOver(ctx, input, channelProblem ?? "The connection to Instagram is broken.");
    return { next: "wait", ms: HELD_MS };
  }
  if (msPaused !== null && msPaused > 0) {
    await recordBackFillWait(ctx, input, { ms: msPaused, problem: "Facebook asks for a pause.", failed: false });
    return { next: "wait", ms: msPaused };
  }
  const { contactExternalId, contactUsername, ...rest } = step;
  const thread = externalId === null ? null : { externalId, contactExternalId, contactUsername };
  return { next: "step", step: { ...rest, tokenSealed, thread } };
}

/** While the channel was broken threads went on: they are listed again, and those read already are not read again. */
async function startOver(ctx: Ctx, { workspaceId, backFillId }: Id, problem: string): Promise<void> {
  await ctx.db.execute(sql`
    update back_fill set state = 'listing', cursor = null, failures = 0, resumes_at = null, problem = ${problem}
    where workspace_id = ${workspaceId} and id = ${backFillId} and state in ('listing', 'reading')
      and (problem is distinct from ${problem} or cursor is not null or state = 'reading')`);
}

/**
 * A page of threads: those that changed since they were read last are to be read; of people who were erased and have been
 * silent since, nothing is kept. @param next Meta's cursor of the next page
 */
export async function recordThreadsListed(
  ctx: Ctx,
  step: BackFillStep,
  listed: { threads: ListedThread[]; next: string | null },
): Promise<void> {
  await write(ctx, async (tx) => {
    const { workspaceId, backFillId, channelId } = step;
    const { rows } = await tx.db.execute(sql`
      select id from back_fill where workspace_id = ${workspaceId} and id = ${backFillId} and state in ('listing', 'reading') for update`);
    if (rows.length === 0) return;
    const named = listed.threads.map((thread) => ({ ...thread, channelId }));
    const erased = await erasedContacts(tx.db, named);
    const wanted = named.filter((thread) => {
      const erasedAt = erased.get(contactKey(thread));
      return erasedAt === undefined || thread.updatedAt > erasedAt;
    });
    const given = wanted.map((thread) => ({
      external_id: thread.externalId,
      contact_external_id: thread.contactExternalId,
      contact_username: thread.username,
      updated_at: thread.updatedAt,
    }));
    await tx.db.execute(sql`
      insert into meta_thread as t (workspace_id, channel_id, external_id, contact_external_id, contact_username, updated_at, back_fill_id)
      select ${workspaceId}, ${channelId}, external_id, contact_external_id, contact_username, updated_at, ${backFillId}
      from json_to_recordset(${JSON.stringify(given)}::json)
        as given(external_id text, contact_external_id text, contact_username text, updated_at timestamptz)
      order by external_id
      on conflict (channel_id, external_id) do update set updated_at = excluded.updated_at,
        contact_username = coalesce(excluded.contact_username, t.contact_username),
        back_fill_id = case when t.read_through = excluded.updated_at then null else excluded.back_fill_id end`);
    await tx.db.execute(sql`
      update back_fill set cursor = ${listed.next}, state = ${listed.next === null ? "reading" : "listing"}, failures = 0, problem = null,
        resumes_at = null, threads = threads_read + (select count(*) from meta_thread where back_fill_id = ${backFillId})
      where workspace_id = ${workspaceId} and id = ${backFillId}`);
  });
}

/** One thread has been read; the last statement of the transaction that brought its messages in. `refused`: Meta does not show it. */
export async function recordThreadRead(
  tx: WriteCtx,
  step: BackFillStep & { thread: NonNullable<BackFillStep["thread"]> },
  result: { messages: number; readAt: Date; refused?: boolean },
): Promise<void> {
  const { workspaceId, backFillId, channelId } = step;
  await tx.db.execute(sql`
    update back_fill set threads_read = threads_read + 1, threads_refused = threads_refused + ${result.refused ? 1 : 0}, failures = 0,
      messages = messages + ${result.messages}, conversations = conversations + ${result.messages > 0 ? 1 : 0}, problem = null, resumes_at = null
    where workspace_id = ${workspaceId} and id = ${backFillId} and state in ('listing', 'reading')
      and exists (select from meta_thread t where t.channel_id = ${channelId} and t.external_id = ${step.thread.externalId}
        and t.back_fill_id = ${backFillId})`);
  await tx.db.execute(sql`
    update meta_thread set back_fill_id = null, read_through =
      case when ${result.refused ?? false} or updated_at > ${result.readAt.toISOString()}::timestamptz - make_interval(secs => ${SLACK_SECONDS})
        then null else updated_at end
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and external_id = ${step.thread.externalId}
      and back_fill_id = ${backFillId}`);
}

/** It goes on after a wait. `failed`: the call did not succeed, which is counted. */
export async function recordBackFillWait(
  ctx: Ctx,
  { workspaceId, backFillId }: Id,
  wait: { ms: number; problem: string; failed: boolean },
): Promise<void> {
  await ctx.db.execute(sql`
    update back_fill set failures = failures + ${wait.failed ? 1 : 0}, problem = ${wait.problem},
      resumes_at = desk_now() + ${wait.ms} * interval '1 millisecond'
    where workspace_id = ${workspaceId} and id = ${backFillId} and state in ('listing', 'reading')`);
}

/** It has ended: everything was read, or it cannot go on for the reason given. */
export async function endBackFill(ctx: Ctx, { workspaceId, backFillId }: Id, problem: string | null): Promise<void> {
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ channelId: string }>(sql`
      update back_fill set state = ${problem === null ? "done" : "failed"}, problem = ${problem}, resumes_at = null, finished_at = desk_now()
      where workspace_id = ${workspaceId} and id = ${backFillId} and state in ('listing', 'reading') returning channel_id as "channelId"`);
    const row = rows[0];
    if (row) tx.record({ workspaceId, type: "channel.changed", channelId: row.channelId });
  });
}
