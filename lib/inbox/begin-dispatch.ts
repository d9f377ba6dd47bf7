import { sql } from "drizzle-orm";
import type { StoredOutgoing } from "../db/tables/message";
import { now } from "../time";
import { type Ctx, type WriteCtx, write } from "./context";
import { keepClickOrder } from "./keep-click-order";
import { lockQueuedSend, NO_TOKEN, type Refusal, refusalOf } from "./queued-send";
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
  writtenByPerson: boolean;
};

/** What to do with a queued send now. */
export type BeginDispatch =
  | { next: "send"; dispatch: Dispatch }
  /** Another attempt runs until then, or the channel cannot send yet. */
  | { next: "wait"; ms: number }
  /** No answer came: ask the conversation. */
  | { next: "resolve" }
  | { next: "nothing" };

/** How often a send that waits for its channel's reconnection looks again; reconnecting wakes it at once. */
const HELD_MS = 60_000;

/** Takes a queued message into "dispatching", committed before any socket opens. */
export async function beginDispatch(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string },
): Promise<BeginDispatch> {
  return write(ctx, async (tx) => {
    const message = await lockQueuedSend(tx, input);
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
        writtenByPerson: message.writtenByPerson,
      },
    };
  });
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
  failure: Refusal,
): Promise<void> {
  await tx.db.execute(sql`
    update message set state = 'failed', failure_code = ${failure.code}, failure_text = ${failure.text}, version = version + 1
    where workspace_id = ${input.workspaceId} and id = ${input.messageId}`);
  await refreshConversations(tx.db, [{ workspaceId: input.workspaceId, id: conversationId }]);
  tx.record({ workspaceId: input.workspaceId, type: "message.changed", conversationId, messageId: input.messageId });
  await recordDeliveryEvent(tx, { ...input, type: "failure", code: failure.code });
}
