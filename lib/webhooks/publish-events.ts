import { sql } from "drizzle-orm";
import type { Trigger } from "../api/schemas/webhook";
import { newId } from "../ids";
import { type Ctx, type WriteCtx, write } from "../inbox/context";
import { enqueue } from "../queue/enqueue";

/** Events of the log taken at a time. */
const STRETCH = 1_000;

type LogEntry = {
  sequence: number;
  type: string;
  conversationId: string | null;
  messageId: string | null;
  at: Date;
  /** Of the message; null without one. */
  kind: string | null;
  origin: string | null;
  part: number | null;
  bubbleId: string | null;
  throughApi: boolean | null;
  /** Written before the account was connected here: history, not news. */
  history: boolean | null;
};

type Listener = { id: string; triggers: string[] };

/**
 * Hands the log of a workspace on to its webhooks, each event once: the place in the log and what was handed on commit
 * together. @returns how many events of the log were read
 */
export async function publishEvents(ctx: Ctx, input: { workspaceId: string }): Promise<number> {
  return write(ctx, async (tx) => {
    const { rows: cursors } = await tx.db.execute<{ sequence: number }>(sql`
      select sequence from webhook_cursor where workspace_id = ${input.workspaceId} for update skip locked`);
    const cursor = cursors[0];
    if (!cursor) return 0;
    const entries = await readLog(tx, input.workspaceId, cursor.sequence);
    const last = entries.at(-1);
    if (!last) return 0;
    const { rows: listeners } = await tx.db.execute<Listener>(sql`
      select id, triggers from webhook where workspace_id = ${input.workspaceId} and disabled_reason is null`);
    await handOn(tx, input.workspaceId, entries, listeners);
    await tx.db.execute(sql`
      update webhook_cursor set sequence = ${last.sequence} where workspace_id = ${input.workspaceId}`);
    return entries.length;
  });
}

async function readLog(tx: WriteCtx, workspaceId: string, after: number): Promise<LogEntry[]> {
  const { rows } = await tx.db.execute<LogEntry>(sql`
    select e.sequence, e.type, coalesce(e.conversation_id, m.conversation_id) as "conversationId", e.message_id as "messageId", e.at,
      m.kind, m.origin, m.part, m.bubble_id as "bubbleId", m.api_author is not null as "throughApi", m.sent_at < h.created_at as history
    from event e
    left join message m on m.workspace_id = e.workspace_id and m.id = e.message_id
    left join channel h on h.workspace_id = m.workspace_id and h.id = m.channel_id
    where e.workspace_id = ${workspaceId} and e.sequence > ${after} order by e.sequence limit ${STRETCH}`);
  return rows;
}

async function handOn(tx: WriteCtx, workspaceId: string, entries: LogEntry[], listeners: Listener[]): Promise<void> {
  const told = entries.flatMap((entry) => {
    const trigger = triggerOf(entry);
    return trigger ? [{ entry, trigger }] : [];
  });
  const rows = told.flatMap(({ entry, trigger }) =>
    listeners
      .filter(({ triggers }) => triggers.includes(trigger) || triggers.includes("*"))
      .map(({ id: webhookId }) => ({
        webhook_id: webhookId,
        id: newId(),
        trigger,
        conversation_id: entry.conversationId,
        message_id: entry.messageId,
        at: entry.at,
      })),
  );
  if (rows.length === 0) return;
  await tx.db.execute(sql`
    insert into webhook_event (workspace_id, webhook_id, id, trigger, conversation_id, message_id, created_at, state)
    select ${workspaceId}, webhook_id, id, trigger, conversation_id, message_id, at, 'pending'
    from rows from (json_to_recordset(${JSON.stringify(rows)}::json)
      as (webhook_id uuid, id uuid, trigger text, conversation_id uuid, message_id uuid, at timestamptz)) with ordinality
      as row (webhook_id, id, trigger, conversation_id, message_id, at, position)
    order by position`);
  await enqueue(
    tx.db,
    [...new Set(rows.map((row) => row.webhook_id))].map((webhookId) => ({
      queue: "webhook",
      key: webhookId,
      payload: { workspaceId, webhookId },
    })),
  );
  tx.wake("jobs");
}

/** What an entry of the log is called outside; null for what concerns only our own screens. */
function triggerOf(entry: LogEntry): Trigger | null {
  if (entry.history) return null;
  switch (entry.type) {
    case "conversation.opened":
      return "conversation:create";
    case "message.received":
      return incomingTrigger(entry.kind);
    case "message.queued":
      // What the public API was given as one message is one, however many sends Instagram needs.
      return entry.throughApi && entry.part !== 0 ? null : "conversation:message";
    case "message.unsent":
      return "conversation:message:deleted";
    case "conversation.seen":
      return "conversation:read";
    case "delivery.channel":
      return "conversation:message:delivery:channel";
    case "delivery.user":
      return "conversation:message:delivery:user";
    case "delivery.failure":
      return "conversation:message:delivery:failure";
    default:
      return null;
  }
}

function incomingTrigger(kind: string | null): Trigger | null {
  if (kind === null || kind === "event") return null;
  if (kind === "postback") return "conversation:postback";
  if (kind === "referral" || kind === "story_mention") return "conversation:referral";
  return "conversation:message";
}
