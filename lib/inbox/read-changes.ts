import { sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import { countUnread } from "./count-unread";
import { selectChannels, selectContacts, selectConversations, selectMessages } from "./rows";
import type { Changes } from "./types";

/** Events read at a time; a reader further behind than RESYNC_BEHIND reads everything anew instead. */
const STRETCH = 500;
const RESYNC_BEHIND = 5000;

/** `membersChanged`: streams of members who were removed must end. `more`: the log goes on beyond `through`. */
export type ReadChanges = Changes & { membersChanged: boolean; more: boolean };

type LogEntry = {
  sequence: number;
  conversationId: string | null;
  messageId: string | null;
  channelId: string | null;
  type: string;
};

/**
 * The rows that changed after event number `after`, as they are now. The log holds ids only; content is read here,
 * so nothing that was unsent can come out of it. @returns through === after when nothing happened
 */
export async function readChanges(db: Queryable, workspaceId: string, after: number): Promise<ReadChanges> {
  const { rows } = await db.execute<(LogEntry | { sequence: null }) & { first: number | null; last: number }>(sql`
    select counter.last, (select min(sequence) from event where workspace_id = ${workspaceId}) as first,
      e.sequence, e.type, e.conversation_id as "conversationId", e.message_id as "messageId", e.channel_id as "channelId"
    from workspace_sequence counter
    left join lateral (
      select * from event where workspace_id = counter.workspace_id and sequence > ${after} order by sequence limit ${STRETCH}
    ) e on true
    where counter.workspace_id = ${workspaceId} order by e.sequence`);
  const last = rows[0]?.last ?? 0;
  const first = rows[0]?.first ?? last + 1;
  if (after > last || last - after > RESYNC_BEHIND || after < first - 1) return resync(after, last);
  const events = rows.filter((row) => row.sequence !== null);
  // Whole conversations are gone, of which no event tells any more; or all of them may have changed.
  if (events.some(({ type }) => type === "channel.erased" || type === "switchboard.changed"))
    return resync(after, last);
  const conversationIds = distinct(events.map((event) => event.conversationId));
  const messageIds = distinct(events.map((event) => event.messageId));
  const channelIds = distinct(events.map((event) => event.channelId));
  const contactsOf = distinct(events.map((event) => (event.type === "contact.changed" ? event.conversationId : null)));
  const [conversations, messages, contacts, channels, unread] = await Promise.all([
    conversationIds.length === 0
      ? []
      : selectConversations(
          db,
          sql`c.workspace_id = ${workspaceId} and c.id = any(${sql.param(conversationIds)}::uuid[])`,
        ),
    messageIds.length === 0
      ? []
      : selectMessages(db, sql`m.workspace_id = ${workspaceId} and m.id = any(${sql.param(messageIds)}::uuid[])`),
    contactsOf.length === 0
      ? []
      : selectContacts(
          db,
          sql`p.workspace_id = ${workspaceId} and p.id in (
            select contact_id from conversation where workspace_id = ${workspaceId} and id = any(${sql.param(contactsOf)}::uuid[]))`,
        ),
    channelIds.length === 0
      ? []
      : selectChannels(db, sql`h.workspace_id = ${workspaceId} and h.id = any(${sql.param(channelIds)}::uuid[])`),
    conversationIds.length === 0 ? null : countUnread(db, workspaceId),
  ]);
  const found = new Set(messages.map((message) => message.id));
  return {
    after,
    through: events.at(-1)?.sequence ?? after,
    resync: false,
    conversations,
    messages,
    contacts,
    channels,
    removed: messageIds.filter((id) => !found.has(id)),
    erased: distinct(events.map((event) => (event.type === "conversation.erased" ? event.conversationId : null))),
    unread,
    membersChanged: events.some((event) => event.type === "members.changed"),
    more: events.length === STRETCH,
  };
}

function resync(after: number, through: number): ReadChanges {
  return {
    after,
    through,
    resync: true,
    conversations: [],
    messages: [],
    contacts: [],
    channels: [],
    removed: [],
    erased: [],
    unread: null,
    membersChanged: true,
    more: false,
  };
}

function distinct(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
