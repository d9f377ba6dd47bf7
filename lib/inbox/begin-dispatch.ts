import { sql } from "drizzle-orm";
import type { StoredOutgoing } from "../db/tables/conversation";
import { now } from "../time";
import { type Ctx, type WriteCtx, write } from "./context";
import { keepClickOrder } from "./keep-click-order";
import { recordDeliveryEvent } from "./record-delivery-event";
import { refreshConversations } from "./refresh-conversations";
import { type ReplyWindow, replyWindow } from "./reply-window";

/** How long Graph may take; the socket is destroyed before, nobody judges the attempt earlier. */
export const DISPATCH_SECONDS = 30;

export type Dispatch = {
  workspaceId: string;
  messageId: string;
  conversationId: string;
  channelId: string;
  attempt: number;
  /** Passing problems so far, since the last click. */
  retries: number;
  text: string;
  outgoing: StoredOutgoing;
  /** Meta's ids of the uploaded files, in their order. */
  attachmentIds: string[];
  /** Meta's id of the message that this one answers. */
  replyToExternalId: string | null;
  contactExternalId: string;
  pageId: string;
  accountId: string;
  facebookAppId: string;
  tokenSealed: Buffer;
  window: Exclude<ReplyWindow, { state: "closed" }>;
  writtenByMember: boolean;
};

/** What to do with a queued send now. */
export type BeginDispatch =
  | { next: "send"; dispatch: Dispatch }
  /** Another attempt runs until then, or the channel cannot send yet. */
  | { next: "wait"; ms: number }
  /** No answer came: ask the conversation. */
  | { next: "resolve" }
  | { next: "nothing" };

type MessageRecord = {
  state: string;
  conversationId: string;
  channelId: string;
  attempt: number;
  retries: number;
  text: string | null;
  outgoing: StoredOutgoing | null;
  attachmentIds: string[] | null;
  replyToExternalId: string | null;
  /** The parts of its bubble before it are all sent. */
  inTurn: boolean;
  sentAt: Date;
  authorId: string | null;
  unsentAt: Date | null;
  msLeft: number | null;
  lastCustomerAt: Date | null;
  contactExternalId: string;
  pageId: string;
  accountId: string;
  facebookAppId: string;
  tokenSealed: Buffer | null;
  channelState: string;
  msPaused: number | null;
  username: string;
};

/** How often a send that waits for its channel's reconnection looks again; reconnecting wakes it at once. */
const HELD_MS = 60_000;

/** Takes a queued message into "dispatching", committed before any socket opens. */
export async function beginDispatch(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string },
): Promise<BeginDispatch> {
  return write(ctx, async (tx) => {
    const message = await lockMessage(tx, input);
    if (!message || message.unsentAt) return { next: "nothing" };
    if (message.state === "dispatching") {
      if (message.msLeft !== null && message.msLeft > 0) return { next: "wait", ms: message.msLeft };
      await becomeUnconfirmed(tx, input, message.conversationId);
      return { next: "resolve" };
    }
    if (message.state === "unconfirmed") return { next: "resolve" };
    if (message.state !== "queued") return { next: "nothing" };
    if (message.channelState === "broken") return { next: "wait", ms: HELD_MS };
    const window = replyWindow(message.lastCustomerAt?.getTime() ?? null, now());
    const refusal = refusalOf(message, window);
    if (refusal || window.state === "closed" || !message.tokenSealed) {
      await fail(tx, input, message.conversationId, refusal ?? NO_TOKEN);
      return { next: "nothing" };
    }
    if (message.msPaused !== null && message.msPaused > 0) return { next: "wait", ms: message.msPaused };
    // It stands in the thread where it leaves: it may have waited, and Instagram may never tell its own time.
    const { rows } = await tx.db.execute<{ attempt: number; sentAt: Date }>(sql`
      update message set state = 'dispatching', attempt = attempt + 1, dispatched_at = desk_now(), absent_reads = 0, absent_read_at = null,
        dispatch_deadline = desk_now() + make_interval(secs => ${DISPATCH_SECONDS}), version = version + 1,
        sent_at = greatest(sent_at, desk_now())
      where workspace_id = ${input.workspaceId} and id = ${input.messageId} returning attempt, sent_at as "sentAt"`);
    await keepClickOrder(tx, {
      workspaceId: input.workspaceId,
      conversationId: message.conversationId,
      messageId: input.messageId,
      from: message.sentAt,
      to: rows[0]?.sentAt ?? message.sentAt,
    });
    await refreshConversations(tx.db, [{ workspaceId: input.workspaceId, id: message.conversationId }]);
    tx.record({
      workspaceId: input.workspaceId,
      type: "message.changed",
      conversationId: message.conversationId,
      messageId: input.messageId,
    });
    return {
      next: "send",
      dispatch: {
        workspaceId: input.workspaceId,
        messageId: input.messageId,
        conversationId: message.conversationId,
        channelId: message.channelId,
        attempt: rows[0]?.attempt ?? 0,
        retries: message.retries,
        text: message.text ?? "",
        outgoing: message.outgoing ?? { type: "text" },
        attachmentIds: message.attachmentIds ?? [],
        replyToExternalId: message.replyToExternalId,
        contactExternalId: message.contactExternalId,
        pageId: message.pageId,
        accountId: message.accountId,
        facebookAppId: message.facebookAppId,
        tokenSealed: message.tokenSealed,
        window,
        writtenByMember: message.authorId !== null,
      },
    };
  });
}

type Failure = { code: string; text: string };

const NO_TOKEN: Failure = {
  code: "channel_unusable",
  text: "The channel cannot send. Connect it again, then send again.",
};

/** Why it must not leave now, in words; null when it may. */
function refusalOf(message: MessageRecord, window: ReplyWindow): Failure | null {
  if (message.channelState === "disconnected" || !message.tokenSealed) {
    return {
      code: "channel_unusable",
      text: `@${message.username} is not connected any more. Connect it again, then send again.`,
    };
  }
  if (window.state === "closed") {
    return {
      code: "window_closed",
      text: "Instagram closed this conversation 7 days after the customer's last message. It opens again when they write.",
    };
  }
  if (!message.inTurn) {
    return {
      code: "earlier_part",
      text: "An earlier part of this message was not sent, so this one was held back. Send the message again.",
    };
  }
  if (message.outgoing?.type === "media" && message.attachmentIds?.length !== message.outgoing.uploadIds.length) {
    return { code: "upload_gone", text: "The file is not at Instagram any more. Attach it again." };
  }
  return null;
}

async function lockMessage(
  tx: WriteCtx,
  input: { workspaceId: string; messageId: string },
): Promise<MessageRecord | undefined> {
  await tx.db.execute(sql`
    select c.id from conversation c where c.workspace_id = ${input.workspaceId} and c.id = (
      select conversation_id from message where workspace_id = ${input.workspaceId} and id = ${input.messageId}) for update`);
  const { rows } = await tx.db.execute<MessageRecord>(sql`
    select m.state, m.conversation_id as "conversationId", m.channel_id as "channelId", m.attempt, m.retries, m.text, m.outgoing,
      case when m.outgoing ->> 'type' = 'media' then (
        select array_agg(u.attachment_id order by wanted.position)
        from jsonb_array_elements_text(m.outgoing -> 'uploadIds') with ordinality as wanted(id, position)
        join upload u on u.workspace_id = m.workspace_id and u.id = wanted.id::uuid) end as "attachmentIds",
      case when not exists (
        select 1 from message q where q.channel_id = m.channel_id and q.external_id = m.reply_to_external_id and q.unsent_at is not null
      ) then m.reply_to_external_id end as "replyToExternalId",
      m.part = 0 or not exists (
        select 1 from message b where b.workspace_id = m.workspace_id and b.conversation_id = m.conversation_id
          and b.bubble_id = m.bubble_id and b.part < m.part and b.state <> 'sent') as "inTurn",
      m.sent_at as "sentAt", m.author_id as "authorId",
      m.unsent_at as "unsentAt", (extract(epoch from m.dispatch_deadline - desk_now()) * 1000)::float8 as "msLeft",
      c.last_customer_at as "lastCustomerAt", p.external_id as "contactExternalId", h.page_id as "pageId", h.account_id as "accountId",
      h.facebook_app_id as "facebookAppId", h.token_sealed as "tokenSealed", h.state as "channelState",
      (extract(epoch from h.paused_until - desk_now()) * 1000)::float8 as "msPaused", h.username
    from message m
    join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    join channel h on h.workspace_id = m.workspace_id and h.id = m.channel_id
    where m.workspace_id = ${input.workspaceId} and m.id = ${input.messageId}`);
  return rows[0];
}

async function becomeUnconfirmed(
  tx: WriteCtx,
  input: { workspaceId: string; messageId: string },
  conversationId: string,
): Promise<void> {
  await tx.db.execute(sql`
    update message set state = 'unconfirmed', version = version + 1 where workspace_id = ${input.workspaceId} and id = ${input.messageId}`);
  await refreshConversations(tx.db, [{ workspaceId: input.workspaceId, id: conversationId }]);
  tx.record({ workspaceId: input.workspaceId, type: "message.changed", conversationId, messageId: input.messageId });
}

async function fail(
  tx: WriteCtx,
  input: { workspaceId: string; messageId: string },
  conversationId: string,
  failure: Failure,
): Promise<void> {
  await tx.db.execute(sql`
    update message set state = 'failed', failure_code = ${failure.code}, failure_text = ${failure.text}, version = version + 1
    where workspace_id = ${input.workspaceId} and id = ${input.messageId}`);
  await refreshConversations(tx.db, [{ workspaceId: input.workspaceId, id: conversationId }]);
  tx.record({ workspaceId: input.workspaceId, type: "message.changed", conversationId, messageId: input.messageId });
  await recordDeliveryEvent(tx, { ...input, type: "failure", code: failure.code });
}
