import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import { displayName } from "./display-name";
import type {
  ChannelRow,
  ContactDetails,
  ConversationRow,
  MessageKind,
  MessageRow,
  MessageState,
  Preview,
} from "./types";

type ConversationRecord = {
  id: string;
  version: number;
  channelId: string;
  lastMessageAt: Date;
  previewKind: MessageKind | "unsent" | null;
  previewText: string | null;
  previewDirection: "in" | "out" | null;
  previewState: MessageState | null;
  unread: number;
  unansweredSince: Date | null;
  lastCustomerAt: Date | null;
  seenThroughAt: Date | null;
  contactId: string;
  name: string | null;
  username: string | null;
  externalId: string;
  hasPicture: boolean;
};

/** Rows of the list. @param rest everything after `where`, on `conversation c` and `contact p` */
export async function selectConversations(db: Queryable, rest: SQL): Promise<ConversationRow[]> {
  const { rows } = await db.execute<ConversationRecord>(sql`
    select c.id, c.version, c.channel_id as "channelId", c.last_message_at as "lastMessageAt", c.preview_kind as "previewKind",
      c.preview_text as "previewText", c.preview_direction as "previewDirection", c.preview_state as "previewState", c.unread,
      c.unanswered_since as "unansweredSince", c.last_customer_at as "lastCustomerAt", c.seen_through_at as "seenThroughAt",
      p.id as "contactId", p.name, p.username, p.external_id as "externalId", p.picture_url is not null as "hasPicture"
    from conversation c join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    where ${rest}`);
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    channelId: row.channelId,
    contact: { id: row.contactId, displayName: displayName(row), username: row.username, hasPicture: row.hasPicture },
    lastMessageAt: row.lastMessageAt.getTime(),
    preview: previewOf(row),
    unread: row.unread,
    unansweredSince: row.unansweredSince?.getTime() ?? null,
    lastCustomerAt: row.lastCustomerAt?.getTime() ?? null,
    seenThroughAt: row.seenThroughAt?.getTime() ?? null,
  }));
}

function previewOf(row: ConversationRecord): Preview | null {
  if (!row.previewKind || !row.previewDirection || !row.previewState) return null;
  return { kind: row.previewKind, text: row.previewText, direction: row.previewDirection, state: row.previewState };
}

type MessageRecord = {
  id: string;
  version: number;
  conversationId: string;
  direction: "in" | "out";
  origin: "customer" | "desk" | "instagram";
  kind: MessageKind;
  text: string | null;
  attachments: { type: string; url?: string }[] | null;
  story: { relation: "reply" | "mention"; url?: string; goneAt?: string } | null;
  authorId: string | null;
  authorName: string | null;
  sentAt: Date;
  arrival: number;
  state: MessageState;
  failureCode: string | null;
  failureText: string | null;
  unsentAt: Date | null;
};

/** Messages with their authors. @param rest everything after `where`, on `message m` */
export async function selectMessages(db: Queryable, rest: SQL): Promise<MessageRow[]> {
  const { rows } = await db.execute<MessageRecord>(sql`
    select m.id, m.version, m.conversation_id as "conversationId", m.direction, m.origin, m.kind, m.text, m.attachments, m.story,
      m.author_id as "authorId", author.name as "authorName", m.sent_at as "sentAt", m.arrival, m.state,
      m.failure_code as "failureCode", m.failure_text as "failureText", m.unsent_at as "unsentAt"
    from message m left join member author on author.workspace_id = m.workspace_id and author.id = m.author_id
    where ${rest}`);
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    conversationId: row.conversationId,
    direction: row.direction,
    origin: row.origin,
    kind: row.kind,
    text: row.text,
    attachments: (row.attachments ?? []).map(({ type, url }) => ({ type, url: url ?? null })),
    story: row.story && { relation: row.story.relation, url: row.story.goneAt ? null : (row.story.url ?? null) },
    author: row.authorId ? { id: row.authorId, name: row.authorName ?? "A former colleague" } : null,
    sentAt: row.sentAt.getTime(),
    arrival: row.arrival,
    state: row.state,
    failure: row.failureCode ? { code: row.failureCode, text: row.failureText ?? "" } : null,
    unsent: row.unsentAt !== null,
  }));
}

type ContactRecord = Omit<ContactDetails, "displayName" | "firstWroteAt"> & {
  name: string | null;
  externalId: string;
  firstWroteAt: Date;
};

/** @param rest everything after `where`, on `contact p` */
export async function selectContacts(db: Queryable, rest: SQL): Promise<ContactDetails[]> {
  const { rows } = await db.execute<ContactRecord>(sql`
    select p.id, p.name, p.username, p.external_id as "externalId", p.picture_url is not null as "hasPicture",
      p.follower_count as "followerCount", p.follows_business as "followsBusiness", p.followed_by_business as "followedByBusiness",
      p.verified, p.first_wrote_at as "firstWroteAt", p.profile_problem as "profileProblem"
    from contact p where ${rest}`);
  return rows.map(({ name, externalId, firstWroteAt, ...row }) => ({
    ...row,
    displayName: displayName({ name, username: row.username, externalId }),
    firstWroteAt: firstWroteAt.getTime(),
  }));
}

/** @param rest everything after `where`, on `channel h` */
export async function selectChannels(db: Queryable, rest: SQL): Promise<ChannelRow[]> {
  const { rows } = await db.execute<ChannelRow>(sql`
    select h.id, h.username, h.name, h.page_name as "pageName", h.picture_url as "pictureUrl", h.state, h.problem
    from channel h where ${rest}`);
  return rows;
}

/** The number of the last event that is committed; read it before the rows that it vouches for. */
export async function currentSequence(db: Queryable, workspaceId: string): Promise<number> {
  const { rows } = await db.execute<{ last: number }>(
    sql`select last from workspace_sequence where workspace_id = ${workspaceId}`,
  );
  return rows[0]?.last ?? 0;
}
