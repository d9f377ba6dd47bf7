import { sql } from "drizzle-orm";
import { newId } from "../ids";
import { enqueue } from "../queue/enqueue";
import { applyParked } from "./apply-parked";
import { changeQuotes } from "./change-quotes";
import { type Ctx, type WriteCtx, write } from "./context";
import { noteUnblocked } from "./note-blocked";
import { recordDeliveryEvent } from "./record-delivery-event";
import { refreshConversations } from "./refresh-conversations";
import { unsendMessages } from "./unsend-messages";

const LOOK_AGAIN_MS = 60_000;

/** How an attempt ended. `waits`: queued again, counted as a passing problem or not. `silent`: no answer, it may have been sent. */
export type DispatchOutcome =
  | { type: "sent"; externalId: string }
  | { type: "failed"; code: string; text: string }
  | { type: "waits"; retry?: boolean }
  | { type: "silent" };

type Attempt = { workspaceId: string; messageId: string; attempt: number };

/**
 * Writes the outcome of one attempt; the answer of an attempt that is not the current one changes nothing.
 * An echo may have confirmed the message already; if it carried another id than our answer, that echo was of
 * another message of equal content, and the two are parted.
 */
export async function recordDispatch(ctx: Ctx, attempt: Attempt, outcome: DispatchOutcome): Promise<void> {
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{
      conversationId: string;
      channelId: string;
      state: string;
      externalId: string | null;
      unsent: boolean;
      blocked: boolean;
    }>(sql`
      select c.id as "conversationId", m.channel_id as "channelId", m.state, m.external_id as "externalId", m.unsent_at is not null as unsent,
        p.blocked_at is not null as blocked
      from conversation c join message m on m.workspace_id = c.workspace_id and m.conversation_id = c.id
      join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
      where m.workspace_id = ${attempt.workspaceId} and m.id = ${attempt.messageId} and m.attempt = ${attempt.attempt}
      for update of c`);
    const row = rows[0];
    if (!row) return;
    const { rows: locked } = await tx.db.execute<{ state: string; externalId: string | null }>(sql`
      select state, external_id as "externalId" from message where workspace_id = ${attempt.workspaceId} and id = ${attempt.messageId} for update`);
    const current = locked[0] ?? row;
    if (outcome.type === "sent") await recordSent(tx, attempt, { ...row, ...current }, outcome.externalId);
    else if (current.state === "dispatching" || current.state === "unconfirmed")
      await recordOther(tx, attempt, outcome);
    else return;
    await refreshConversations(tx.db, [{ workspaceId: attempt.workspaceId, id: row.conversationId }]);
    tx.record({
      workspaceId: attempt.workspaceId,
      type: "message.changed",
      conversationId: row.conversationId,
      messageId: attempt.messageId,
    });
    if (outcome.type !== "sent") return;
    if (row.blocked) await noteUnblocked(tx, { workspaceId: attempt.workspaceId, conversationId: row.conversationId });
    const named = [{ channelId: row.channelId, externalId: outcome.externalId }];
    await changeQuotes(tx, named);
    await applyParked(tx, named);
  });
}

type Current = { conversationId: string; channelId: string; state: string; externalId: string | null };

async function recordSent(tx: WriteCtx, attempt: Attempt, current: Current, externalId: string): Promise<void> {
  if (current.externalId === externalId) return;
  const twin = await takeIdFromTwin(tx, attempt, current, externalId);
  if (current.externalId !== null) await partFromEcho(tx, attempt, current);
  await tx.db.execute(sql`
    update message set state = 'sent', external_id = ${externalId}, failure_code = null, failure_text = null, version = version + 1
    where workspace_id = ${attempt.workspaceId} and id = ${attempt.messageId}`);
  await recordDeliveryEvent(tx, { ...idOf(attempt), type: "channel", externalId });
  await tx.db.execute(sql`
    update conversation c set last_reply_at = greatest(c.last_reply_at, m.sent_at)
    from message m where m.workspace_id = ${attempt.workspaceId} and m.id = ${attempt.messageId}
      and c.workspace_id = m.workspace_id and c.id = m.conversation_id`);
  if (twin?.unsentAt) {
    const { workspaceId } = attempt;
    await unsendMessages(tx, [{ workspaceId, channelId: current.channelId, externalId, at: twin.unsentAt }]);
  }
}

type Twin = { id: string; origin: string; unsentAt: Date | null };

/** The echo of this very send may have been taken for another message's; the answer knows better. */
async function takeIdFromTwin(
  tx: WriteCtx,
  attempt: Attempt,
  current: Current,
  externalId: string,
): Promise<Twin | undefined> {
  const { workspaceId } = attempt;
  const { rows } = await tx.db.execute<Twin>(sql`
    select id, origin, unsent_at as "unsentAt" from message where channel_id = ${current.channelId} and external_id = ${externalId}`);
  const twin = rows[0];
  if (!twin) return undefined;
  if (twin.origin === "desk") {
    // An unconfirmed send of equal content: nobody knows any more whether it arrived, so it is looked for again.
    await tx.db.execute(sql`
      update message set state = 'unconfirmed', external_id = null, version = version + 1
      where workspace_id = ${workspaceId} and id = ${twin.id}`);
    await enqueue(tx.db, {
      queue: "resolve",
      key: twin.id,
      payload: { workspaceId, messageId: twin.id },
      delayMs: LOOK_AGAIN_MS,
    });
  } else {
    // It came in as if the phone had written it, because its content differed.
    await tx.db.execute(sql`delete from message where workspace_id = ${workspaceId} and id = ${twin.id}`);
  }
  tx.record({
    workspaceId,
    type: "message.changed",
    conversationId: current.conversationId,
    messageId: twin.id,
  });
  return twin;
}

/** The echo that claimed our message belonged to another one of equal content: that one gets a row of its own. */
async function partFromEcho(tx: WriteCtx, attempt: Attempt, current: Current): Promise<void> {
  const id = newId();
  await tx.db.execute(sql`
    update message set external_id = null where workspace_id = ${attempt.workspaceId} and id = ${attempt.messageId}`);
  await tx.db.execute(sql`
    insert into message (workspace_id, id, conversation_id, channel_id, external_id, direction, origin, kind, text, search, attachments, details,
      outgoing, sent_at, arrival, state, unsent_at)
    select m.workspace_id, ${id}, m.conversation_id, m.channel_id, ${current.externalId}, 'out', 'instagram', m.kind, m.text, m.search,
      m.attachments, m.details, m.outgoing, m.sent_at, c.last_arrival + 1, 'sent', m.unsent_at
    from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    where m.workspace_id = ${attempt.workspaceId} and m.id = ${attempt.messageId}`);
  await tx.db.execute(sql`
    update conversation set last_arrival = last_arrival + 1 where workspace_id = ${attempt.workspaceId} and id = ${current.conversationId}`);
  tx.record({
    workspaceId: attempt.workspaceId,
    type: "message.received",
    conversationId: current.conversationId,
    messageId: id,
  });
}

async function recordOther(
  tx: WriteCtx,
  attempt: Attempt,
  outcome: Exclude<DispatchOutcome, { type: "sent" }>,
): Promise<void> {
  const state = outcome.type === "failed" ? "failed" : outcome.type === "waits" ? "queued" : "unconfirmed";
  const failure = outcome.type === "failed" ? outcome : { code: null, text: null };
  await tx.db.execute(sql`
    update message set state = ${state}, failure_code = ${failure.code}, failure_text = ${failure.text}, version = version + 1,
      retries = retries + ${outcome.type === "waits" && outcome.retry ? 1 : 0}
    where workspace_id = ${attempt.workspaceId} and id = ${attempt.messageId}`);
  if (outcome.type === "failed")
    await recordDeliveryEvent(tx, { ...idOf(attempt), type: "failure", code: outcome.code });
}

function idOf({ workspaceId, messageId }: Attempt): { workspaceId: string; messageId: string } {
  return { workspaceId, messageId };
}
