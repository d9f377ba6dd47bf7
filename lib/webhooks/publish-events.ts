import { sql } from "drizzle-orm";
import type { Trigger } from "../api/schemas/webhook";
import { newId } from "../ids";
import { type Ctx, type WriteCtx, write } from "../inbox/context";
import { enqueue } from "../queue/enqueue";
import { readHearing } from "./hearing";

/** Events of the log taken at a time. */
const STRETCH = 1_000;

type LogEntry = {
  sequence: number;
  type: string;
  conversationId: string | null;
  messageId: string | null;
  contactId: string | null;
  controlId: string | null;
  at: Date;
  /** Of the message; null without one. */
  kind: string | null;
  origin: string | null;
  part: number | null;
  bubbleId: string | null;
  throughApi: boolean | null;
  /** Written before the account was connected here: history, not news. */
  history: boolean | null;
  /** It began its conversation. */
  opening: boolean;
  /** It says by which way the person came. */
  referred: boolean | null;
  /** Integrators do not want to hear of stories like this one. */
  switchedOff: boolean | null;
  /** The last of the sends that one message of the public API became. */
  lastPart: boolean | null;
  /** One of those before it failed, and it was held back or refused after that one. */
  afterFailed: boolean | null;
};

type Listener = { id: string; integrationId: string; triggers: string[]; on: boolean };

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
      select id, integration_id as "integrationId", triggers, disabled_reason is null as on from webhook where workspace_id = ${input.workspaceId}`);
    const after = cursor.sequence;
    const hears = await readHearing(tx.db, input.workspaceId, { after, entries, listeners });
    await handOn(tx, input.workspaceId, entries, listeners, hears);
    if (entries.some(({ contactId }) => contactId !== null))
      await tx.db.execute(sql`
        update event set contact_id = null
        where workspace_id = ${input.workspaceId} and sequence > ${cursor.sequence} and sequence <= ${last.sequence} and contact_id is not null`);
    await tx.db.execute(sql`
      update webhook_cursor set sequence = ${last.sequence} where workspace_id = ${input.workspaceId}`);
    return entries.length;
  });
}

async function readLog(tx: WriteCtx, workspaceId: string, after: number): Promise<LogEntry[]> {
  const { rows } = await tx.db.execute<LogEntry>(sql`
    select e.sequence, e.type, coalesce(e.conversation_id, m.conversation_id) as "conversationId", e.message_id as "messageId",
      e.contact_id as "contactId", e.control_id as "controlId", e.at,
      m.kind, m.origin, m.part, m.bubble_id as "bubbleId", m.api_author is not null as "throughApi", m.sent_at < h.created_at as history,
      m.details -> 'referral' is not null as referred,
      case m.story ->> 'relation' when 'reply' then not h.tells_story_replies when 'mention' then not h.tells_story_mentions end
        as "switchedOff",
      exists (select from event o where o.workspace_id = e.workspace_id and o.sequence = e.sequence - 1
        and o.type = 'conversation.opened' and o.message_id = e.message_id) as opening,
      m.bubble_id is null or not exists (select from message l where l.workspace_id = m.workspace_id
        and l.bubble_id = m.bubble_id and l.part > m.part) as "lastPart",
      case when e.type = 'delivery.failure' and m.part > 0 then exists (select from message l where l.workspace_id = m.workspace_id
        and l.bubble_id = m.bubble_id and l.part < m.part and l.state = 'failed')
      end as "afterFailed"
    from event e
    left join message m on m.workspace_id = e.workspace_id and m.id = e.message_id
    left join channel h on h.workspace_id = m.workspace_id and h.id = m.channel_id
    where e.workspace_id = ${workspaceId} and e.sequence > ${after} order by e.sequence limit ${STRETCH}`);
  return rows;
}

async function handOn(
  tx: WriteCtx,
  workspaceId: string,
  entries: LogEntry[],
  listeners: Listener[],
  hears: (listener: Listener, entry: LogEntry) => boolean,
): Promise<void> {
  const told = entries.flatMap((entry) => triggersOf(entry).map((trigger) => ({ entry, trigger })));
  const rows = told.flatMap(({ entry, trigger }) =>
    listeners
      .filter((listener) => listener.triggers.includes(trigger) || listener.triggers.includes("*"))
      .filter((listener) => hears(listener, entry))
      .map(({ id: webhookId, on }) => ({
        webhook_id: webhookId,
        // What a webhook misses while it is switched off can be replayed.
        state: on ? "pending" : "failed",
        id: newId(),
        trigger,
        conversation_id: entry.conversationId,
        // That somebody came is told also when they did so by a story that is not.
        message_id: entry.switchedOff ? null : entry.messageId,
        contact_id: entry.contactId,
        control_id: entry.controlId,
        reason: REASONS[entry.type] ?? null,
        at: entry.at,
      })),
  );
  if (rows.length === 0) return;
  await tx.db.execute(sql`
    insert into webhook_event (workspace_id, webhook_id, id, trigger, conversation_id, message_id, contact_id, control_id, reason, created_at, state,
      settled_at)
    select ${workspaceId}, webhook_id, id, trigger, conversation_id, message_id, contact_id, control_id, reason, at, state,
      case when state = 'failed' then desk_now() end
    from rows from (json_to_recordset(${JSON.stringify(rows)}::json)
      as (webhook_id uuid, id uuid, trigger text, conversation_id uuid, message_id uuid, contact_id uuid, control_id uuid, reason text, at timestamptz,
        state text)) with ordinality as row (webhook_id, id, trigger, conversation_id, message_id, contact_id, control_id, reason, at, state, position)
    order by position`);
  await enqueue(
    tx.db,
    [...new Set(rows.filter((row) => row.state === "pending").map((row) => row.webhook_id))].map((webhookId) => ({
      queue: "webhook",
      key: webhookId,
      payload: { workspaceId, webhookId },
    })),
  );
  tx.wake("jobs:webhook");
}

/** Why it happened, where a payload says so. The specification's where it has one; `api` and `profile` are ours. */
const REASONS: Record<string, string> = {
  "user.changed": "api",
  "profile.changed": "profile",
  "client.blocked": "blocked",
  "client.unblocked": "unblocked",
};

/** What an entry of the log is called outside; nothing for what concerns only our own screens. */
function triggersOf(entry: LogEntry): Trigger[] {
  if (entry.history) return [];
  switch (entry.type) {
    case "conversation.opened":
      return ["client:add", "conversation:create"];
    case "user.changed":
      return ["user:update"];
    case "profile.changed":
      return ["client:update", "user:update"];
    case "client.blocked":
    case "client.unblocked":
      return ["client:update"];
    case "message.received":
      return entry.switchedOff ? [] : incomingTriggers(entry);
    case "message.queued":
      // What the public API was given as one message is one, however many sends Instagram needs.
      return entry.throughApi && entry.part !== 0 ? [] : ["conversation:message"];
    case "message.unsent":
      return entry.switchedOff ? [] : ["conversation:message:deleted"];
    case "conversation.seen":
      return ["conversation:read"];
    case "conversation.erased":
      return ["client:remove", "conversation:remove", "user:remove"];
    case "delivery.channel":
      return entry.throughApi && !entry.lastPart ? [] : ["conversation:message:delivery:channel"];
    case "delivery.user":
      return entry.throughApi && !entry.lastPart ? [] : ["conversation:message:delivery:user"];
    case "delivery.failure":
      // The failure of a message is its last word, so it is told once: of the part that failed first.
      return entry.throughApi && entry.afterFailed ? [] : ["conversation:message:delivery:failure"];
    case "control.passed":
      return ["switchboard:passControl"];
    case "control.offered":
      return ["switchboard:offerControl"];
    case "control.accepted":
      return ["switchboard:acceptControl"];
    case "control.released":
      return ["switchboard:releaseControl"];
    case "control.pass_failed":
      return ["switchboard:passControl:failure"];
    case "control.offer_failed":
      return ["switchboard:offerControl:failure"];
    case "control.accept_failed":
      return ["switchboard:acceptControl:failure"];
    default:
      return [];
  }
}

/** A new conversation says by its creation how the person came; one that exists has an event for it. */
function incomingTriggers({ kind, opening, referred }: LogEntry): Trigger[] {
  if (kind === null || kind === "event") return [];
  if (kind === "referral" || kind === "story_mention") return opening ? [] : ["conversation:referral"];
  const trigger = kind === "postback" ? "conversation:postback" : "conversation:message";
  return referred && !opening ? ["conversation:referral", trigger] : [trigger];
}
