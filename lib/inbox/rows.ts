import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import type { StoredAttachment, StoredDetails, StoredOutgoing } from "../db/tables/message";
import { displayName } from "./display-name";
import { selectSwitchboards } from "./read-switchboard";
import { WITHHELD } from "./receive-messages";
import { controlRow } from "./switchboard";
import type {
  ChannelRow,
  ContactDetails,
  ConversationRow,
  MessageKind,
  MessageRow,
  MessageState,
  Preview,
  Quote,
  ReactionRow,
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
  previewPictures: number | null;
  previewAuthorId: string | null;
  previewAuthorName: string | null;
  unread: number;
  unansweredSince: Date | null;
  lastCustomerAt: Date | null;
  seenThroughAt: Date | null;
  strayReactions: { emoji: string; at: number }[] | null;
  holderId: string | null;
  offeredToId: string | null;
  /** Of a switchboard that is at work. */
  switchboardOf: string | null;
  contactId: string;
  name: string | null;
  username: string | null;
  externalId: string;
  hasPicture: boolean;
};

/** Of a customer's reactions only the newest are looked at for those to messages that are not here. */
const NEWEST_REACTIONS = 20;

/** Rows of the list. @param rest everything after `where`, on `conversation c` and `contact p` */
export async function selectConversations(db: Queryable, rest: SQL): Promise<ConversationRow[]> {
  const { rows } = await db.execute<ConversationRecord>(sql`
    select c.id, c.version, c.channel_id as "channelId", c.last_message_at as "lastMessageAt", c.preview_kind as "previewKind",
      c.preview_text as "previewText", c.preview_direction as "previewDirection", c.preview_state as "previewState", c.unread,
      case when c.preview_kind = 'image' then coalesce(
        (select nullif(count(*), 0)::int from jsonb_array_elements(
          case when jsonb_typeof(v.attachments) = 'array' then v.attachments else '[]' end) a where a ->> 'type' = 'image'),
        jsonb_array_length(v.outgoing -> 'uploadIds')) end as "previewPictures",
      coalesce(v.author_id::text, v.api_author ->> 'keyId') as "previewAuthorId",
      ${authorName(sql`v`)} as "previewAuthorName",
      c.unanswered_since as "unansweredSince", c.last_customer_at as "lastCustomerAt", c.seen_through_at as "seenThroughAt",
      case when c.last_reaction_at is not null then (
        select json_agg(json_build_object('emoji', r.emoji, 'at', floor(extract(epoch from r.at) * 1000)) order by r.at)
        from (
          select channel_id, external_id, emoji, at from reaction
          where conversation_id = c.id and emoji is not null order by at desc limit ${NEWEST_REACTIONS}) r
        where not exists (
          select from message m where m.channel_id = r.channel_id and m.external_id = r.external_id)) end as "strayReactions",
      c.holder_id as "holderId", c.offered_to_id as "offeredToId",
      (select s.workspace_id from switchboard s where s.workspace_id = c.workspace_id and s.enabled) as "switchboardOf",
      p.id as "contactId", p.name, p.username, p.external_id as "externalId", p.picture_url is not null as "hasPicture"
    from conversation c join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    left join message v on v.workspace_id = c.workspace_id and v.id = c.preview_message_id and c.preview_kind <> 'reaction'
    left join member author on author.workspace_id = v.workspace_id and author.id = v.author_id
    where ${rest}`);
  const [switchboardOf] = rows.flatMap((row) => row.switchboardOf ?? []);
  const switchboard = switchboardOf && (await selectSwitchboards(db, [switchboardOf])).get(switchboardOf);
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
    strayReactions: row.strayReactions ?? [],
    control: switchboard ? controlRow(switchboard, row) : null,
  }));
}

function previewOf(row: ConversationRecord): Preview | null {
  if (!row.previewKind || !row.previewDirection || !row.previewState) return null;
  return {
    kind: row.previewKind,
    text: row.previewText,
    direction: row.previewDirection,
    state: row.previewState,
    pictures: row.previewPictures ?? 0,
    author: authorOf(row.previewAuthorId, row.previewAuthorName),
  };
}

/** @param message joined to its `member author` */
function authorName(message: SQL): SQL {
  return sql`case when ${message}.api_author is null then author.name
    else coalesce(${message}.api_author ->> 'name', (select k.name from api_key k where k.id = ${message}.api_author ->> 'keyId')) end`;
}

function authorOf(id: string | null, name: string | null): { id: string; name: string } | null {
  return id ? { id, name: name ?? "A former colleague" } : null;
}

type MessageRecord = {
  id: string;
  version: number;
  conversationId: string;
  direction: "in" | "out";
  origin: "customer" | "desk" | "instagram";
  kind: MessageKind;
  text: string | null;
  attachments: StoredAttachment[] | null;
  details: StoredDetails | null;
  outgoing: StoredOutgoing | null;
  story: { relation: "reply" | "mention"; url?: string; goneAt?: string } | null;
  bubbleId: string | null;
  part: number;
  authorId: string | null;
  authorName: string | null;
  sentAt: Date;
  arrival: number;
  state: MessageState;
  failureCode: string | null;
  failureText: string | null;
  unsentAt: Date | null;
  editedAt: Date | null;
  replyToExternalId: string | null;
  quote: { id: string; kind: MessageKind; text: string | null; direction: "in" | "out"; unsent: boolean } | null;
  reactions: (ReactionRow & { arrival: number | null })[] | null;
  earlier: { text: string; at: number }[] | null;
};

/** Longest part of a quoted message that is shown above its answer. */
const QUOTE_CHARACTERS = 200;

/** Messages with their authors, quotes, reactions and edits. @param rest everything after `where`, on `message m` */
export async function selectMessages(db: Queryable, rest: SQL): Promise<MessageRow[]> {
  const { rows } = await db.execute<MessageRecord>(sql`
    select m.id, m.version, m.conversation_id as "conversationId", m.direction, m.origin, m.kind, m.text, m.attachments, m.details,
      m.outgoing, m.story, m.bubble_id as "bubbleId", m.part, coalesce(m.author_id::text, m.api_author ->> 'keyId') as "authorId",
      ${authorName(sql`m`)} as "authorName",
      m.sent_at as "sentAt", m.arrival, m.state, m.failure_code as "failureCode", m.failure_text as "failureText",
      m.unsent_at as "unsentAt", m.edited_at as "editedAt", m.reply_to_external_id as "replyToExternalId",
      case when m.reply_to_external_id is not null then (
        select json_build_object('id', q.id, 'kind', q.kind, 'text', left(q.text, ${QUOTE_CHARACTERS}), 'direction', q.direction,
          'unsent', q.unsent_at is not null)
        from message q where q.channel_id = m.channel_id and q.external_id = m.reply_to_external_id) end as quote,
      case when m.external_id is not null then (
        select json_agg(json_build_object('by', r.by, 'emoji', r.emoji, 'arrival', r.arrival) order by r.by)
        from reaction r where r.channel_id = m.channel_id and r.external_id = m.external_id and r.emoji is not null) end as reactions,
      case when m.edited_at is not null then (
        select json_agg(json_build_object('text', e.text, 'at', floor(extract(epoch from e.at) * 1000)) order by e.number)
        from message_edit e where e.channel_id = m.channel_id and e.external_id = m.external_id) end as earlier
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
    attachments: (row.attachments ?? [])
      .filter(({ type }) => type !== WITHHELD)
      .map(({ type, url, title, permalink, awaited, asked }) => ({
        type,
        url: url ?? null,
        title: title ?? null,
        permalink: permalink ?? null,
        ...(awaited && { awaited }),
        ...(asked && { asked }),
      })),
    story: row.story && { relation: row.story.relation, url: row.story.goneAt ? null : (row.story.url ?? null) },
    payload: row.details?.payload ?? null,
    ...(row.details?.standby && { standby: true as const }),
    referral: row.details?.referral ?? null,
    cards: row.details?.cards ?? (row.outgoing && "cards" in row.outgoing ? row.outgoing.cards : []),
    buttons: row.details?.buttons ?? (row.outgoing && "buttons" in row.outgoing ? row.outgoing.buttons : []),
    quickReplies: row.details?.quickReplies ?? (row.outgoing?.type === "text" ? (row.outgoing.quickReplies ?? []) : []),
    quote: quoteOf(row),
    reactions: row.unsentAt ? [] : (row.reactions ?? []).map(({ by, emoji }) => ({ by, emoji })),
    // The last of them is what it says now.
    earlier: row.unsentAt ? [] : (row.earlier ?? []).slice(0, -1),
    editedAt: row.editedAt?.getTime() ?? null,
    bubbleId: row.bubbleId,
    part: row.part,
    author: authorOf(row.authorId, row.authorName),
    sentAt: row.sentAt.getTime(),
    arrival: Math.max(row.arrival, ...(row.reactions ?? []).map((reaction) => reaction.arrival ?? 0)),
    state: row.state,
    failure: row.failureCode ? { code: row.failureCode, text: row.failureText ?? "" } : null,
    unsent: row.unsentAt !== null,
  }));
}

function quoteOf(row: MessageRecord): Quote | null {
  if (row.replyToExternalId === null || row.unsentAt) return null;
  if (!row.quote) return { messageId: null, kind: null, text: null, direction: null };
  const { id, kind, text, direction, unsent } = row.quote;
  return { messageId: id, kind: unsent ? "unsent" : kind, text, direction };
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

/** The earlier of both ends that Meta sets a key, on `channel h`. */
export const CHANNEL_ENDS_AT = sql`least(h.token_expires_at, h.data_access_expires_at)`;

/** What the newest look found at the cause, on `channel h`. */
export const CHANNEL_PROBLEM_DETAIL = sql`(
  select k.code from channel_check k
  where k.workspace_id = h.workspace_id and k.channel_id = h.id and k.line = h.problem_code order by k.changed_at desc limit 1)`;

/** @param rest everything after `where`, on `channel h` */
export async function selectChannels(db: Queryable, rest: SQL): Promise<ChannelRow[]> {
  const { rows } = await db.execute<Omit<ChannelRow, "endsAt"> & { endsAt: Date | null }>(sql`
    select h.id, h.username, h.name, h.page_name as "pageName", h.picture_url as "pictureUrl", h.state, h.problem,
      h.problem_code as "problemCode", ${CHANNEL_PROBLEM_DETAIL} as "problemDetail", ${CHANNEL_ENDS_AT} as "endsAt", (
        select json_build_object('id', b.id, 'messages', b.messages, 'conversations', b.conversations) from back_fill b
        where b.workspace_id = h.workspace_id and b.channel_id = h.id and b.created_at > desk_now() - interval '2 days'
          and b.reason in ('reconnect', 'nightly') and b.state = 'done' and b.messages > 0 and b.finished_at > desk_now() - interval '1 day'
        order by b.created_at desc limit 1) as recovered
    from channel h where ${rest}`);
  return rows.map((row) => ({ ...row, endsAt: row.endsAt?.getTime() ?? null }));
}

/** The number of the last event that is committed; read it before the rows that it vouches for. */
export async function currentSequence(db: Queryable, workspaceId: string): Promise<number> {
  const { rows } = await db.execute<{ last: number }>(
    sql`select last from workspace_sequence where workspace_id = ${workspaceId}`,
  );
  return rows[0]?.last ?? 0;
}
