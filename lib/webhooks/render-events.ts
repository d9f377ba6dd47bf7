import { sql } from "drizzle-orm";
import { publicId } from "../api/public-id";
import { apiMessage } from "../api/serialize/message";
import { apiClient, apiUser } from "../api/serialize/user";
import type { Queryable } from "../db/connection";
import type { StoredMetadata } from "../db/tables/conversation";
import type { StoredHolder } from "../db/tables/switchboard";
import { selectMessageDetails, selectUsers } from "../inbox/public-rows";
import type { MessageDetails, UserDetails } from "../inbox/public-types";
import { selectSwitchboards } from "../inbox/read-switchboard";
import { type Held, holderOf, integrationOf } from "../inbox/switchboard";
import { type ControlFact, controlPayload, readControls, responders } from "./control-payload";

export type StoredEvent = {
  number: number;
  id: string;
  trigger: string;
  conversationId: string | null;
  messageId: string | null;
  /** The person it is about, where no conversation tells. */
  contactId: string | null;
  /** The change of control that it tells of. */
  controlId: string | null;
  /** Why it happened, where the payload says so. */
  reason: string | null;
  createdAt: Date;
};

export type RenderedEvent = { id: string; createdAt: string; type: string; payload: Record<string, unknown> };

type DeliveryFact = { messageId: string; type: string; externalId: string | null; code: string | null; at: Date };

/** What payloads are made of. */
export type Sources = {
  users: Map<string, UserDetails>;
  messages: Map<string, MessageDetails>;
  /** Instagram's ids of everything that one message became, by its id. */
  externalIds: Map<string, string[]>;
  failures: Map<string, DeliveryFact>;
  /** What payloads say of a conversation. */
  conversations: Map<string, ConversationFact>;
  controls: Map<string, ControlFact>;
  /** What was made of them so far: many webhooks are told the same. */
  payloads: Map<string, Record<string, unknown>>;
};

type ConversationFact = {
  id: string;
  metadata: StoredMetadata | null;
  holder: StoredHolder | null;
  offeredTo: StoredHolder | null;
};

/** Whom it is told to, and how much. */
type Told = { integrationId: string; includeFullUser: boolean; includeFullSource: boolean };

/**
 * What an endpoint is told, as things are now: what was unsent meanwhile is told as such, and what is not there any more
 * is told to have been deleted.
 */
export async function renderEvents(
  db: Queryable,
  webhook: Told & { workspaceId: string },
  events: StoredEvent[],
): Promise<RenderedEvent[]> {
  const [sources] = await readSources(db, [{ workspaceId: webhook.workspaceId, events }]);
  return sources ? payloadsOf(webhook, events, sources) : [];
}

export function payloadsOf(webhook: Told, events: StoredEvent[], sources: Sources): RenderedEvent[] {
  return events.map((event) => ({
    id: publicId(event.id),
    createdAt: event.createdAt.toISOString(),
    type: event.trigger,
    payload: knownPayload(event, sources, webhook),
  }));
}

/** Made once for all webhooks that are told alike. */
function knownPayload(event: StoredEvent, sources: Sources, webhook: Told): Record<string, unknown> {
  const subject = [event.conversationId, event.messageId ?? event.id, event.contactId, event.controlId];
  const audience = [webhook.includeFullUser, webhook.includeFullSource, event.controlId && webhook.integrationId];
  const key = [event.trigger, ...subject, ...audience].join(" ");
  const payload = sources.payloads.get(key) ?? payloadOf(event, sources, webhook);
  sources.payloads.set(key, payload);
  return payload;
}

/** Many webhooks are often told the same at the same time: what they need of one workspace is read once. */
export async function readSources(
  db: Queryable,
  requests: { workspaceId: string; events: StoredEvent[] }[],
): Promise<Sources[]> {
  const byWorkspace = new Map<string, StoredEvent[]>();
  for (const { workspaceId, events } of requests) {
    const asked = byWorkspace.get(workspaceId);
    if (asked) asked.push(...events);
    else byWorkspace.set(workspaceId, [...events]);
  }
  const read = new Map<string, Promise<Sources>>();
  for (const [workspaceId, events] of byWorkspace) read.set(workspaceId, sourcesOf(db, workspaceId, events));
  return Promise.all(
    requests.map(({ workspaceId, events }) => read.get(workspaceId) ?? sourcesOf(db, workspaceId, events)),
  );
}

async function sourcesOf(db: Queryable, workspaceId: string, events: StoredEvent[]): Promise<Sources> {
  const messageIds = distinct(events.map(({ messageId }) => messageId));
  const deliveries = events.filter(({ trigger }) => trigger.startsWith("conversation:message:delivery:"));
  const deliveredIds = distinct(deliveries.map(({ messageId }) => messageId));
  const conversationIds = distinct(events.map(({ conversationId }) => conversationId));
  const controlIds = distinct(events.map(({ controlId }) => controlId));
  const [users, messages, externalIds, failures, conversations, controls] = await Promise.all([
    selectUsers(db, sql`c.workspace_id = ${workspaceId} and c.id = any(${sql.param(conversationIds)}::uuid[])`),
    selectMessageDetails(
      db,
      workspaceId,
      sql`m.workspace_id = ${workspaceId} and m.id = any(${sql.param(messageIds)}::uuid[])`,
    ),
    readExternalIds(db, workspaceId, deliveredIds),
    readFailures(db, workspaceId, deliveredIds),
    readConversations(db, workspaceId, conversationIds),
    readControls(db, workspaceId, controlIds),
  ]);
  return {
    users: new Map(users.map((user) => [user.conversationId ?? "", user])),
    messages: new Map(messages.map((message) => [message.id, message])),
    externalIds,
    failures,
    conversations,
    controls,
    payloads: new Map(),
  };
}

type ConversationRecord = Held & { id: string; metadata: StoredMetadata | null };

/** Who answers them is told only where a switchboard is at work. */
async function readConversations(
  db: Queryable,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, ConversationFact>> {
  const { rows } = await db.execute<ConversationRecord>(sql`
    select id, metadata, channel_id as "channelId", holder_id as "holderId", offered_to_id as "offeredToId" from conversation
    where workspace_id = ${workspaceId} and id = any(${sql.param(ids)}::uuid[])
      and (metadata is not null or holder_id is not null or offered_to_id is not null)`);
  const held = rows.some(({ holderId, offeredToId }) => holderId !== null || offeredToId !== null);
  const known = held ? (await selectSwitchboards(db, [workspaceId])).get(workspaceId) : undefined;
  const switchboard = known?.enabled ? known : null;
  return new Map(
    rows.map((row) => {
      const holder = switchboard && holderOf(switchboard, row);
      const offeredTo = switchboard && integrationOf(switchboard, row.offeredToId);
      return [row.id, { id: row.id, metadata: row.metadata, holder, offeredTo }];
    }),
  );
}

async function readExternalIds(db: Queryable, workspaceId: string, ids: string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<{ id: string; externalIds: string[] }>(sql`
    with named as (
      select distinct coalesce(m.bubble_id, m.id) as id, m.bubble_id is not null as bubble from message m
      where m.workspace_id = ${workspaceId} and m.id = any(${sql.param(ids)}::uuid[])),
    sent as (
      select n.id, m.external_id, m.part from named n join message m on m.workspace_id = ${workspaceId} and m.id = n.id where not n.bubble
      union all
      select n.id, m.external_id, m.part from named n join message m on m.workspace_id = ${workspaceId} and m.bubble_id = n.id where n.bubble)
    select id, array_agg(external_id order by part) as "externalIds" from sent where external_id is not null group by id`);
  return new Map(rows.map((row) => [row.id, row.externalIds]));
}

async function readFailures(db: Queryable, workspaceId: string, ids: string[]): Promise<Map<string, DeliveryFact>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<DeliveryFact>(sql`
    select message_id as "messageId", type, external_id as "externalId", code, at from delivery_event
    where workspace_id = ${workspaceId} and type = 'failure' and message_id = any(${sql.param(ids)}::uuid[])`);
  return new Map(rows.map((row) => [row.messageId, row]));
}

function payloadOf(event: StoredEvent, sources: Sources, webhook: Told): Record<string, unknown> {
  const known = sources.users.get(event.conversationId ?? "");
  const user = known && (webhook.includeFullUser ? apiUser(known) : shortUser(known));
  const control = sources.controls.get(event.controlId ?? "");
  const said = sources.conversations.get(event.conversationId ?? "");
  const conversation = event.conversationId && {
    id: publicId(event.conversationId),
    type: "personal",
    ...(said?.metadata && { metadata: said.metadata }),
    // A change of control tells what it led to; everything else how it is now.
    ...responders(control ?? said ?? { holder: null, offeredTo: null }),
  };
  if (event.trigger.startsWith("switchboard:"))
    return {
      ...(conversation && { conversation }),
      ...(control && controlPayload(event.trigger, control, webhook.integrationId)),
    };
  const common = { ...(conversation && { conversation }), ...(user && { user }) };
  const message = event.messageId === null ? undefined : sources.messages.get(event.messageId);
  const source = known && sourceOf(known, message, webhook.includeFullSource);
  switch (event.trigger) {
    case "conversation:create":
      return { ...common, creationReason: "message", ...(source && { source }), ...referralOf(message) };
    case "conversation:message":
      return {
        ...(conversation && { conversation }),
        message: message
          ? messagePayload(message, user, webhook.includeFullSource ? known : undefined)
          : goneMessage(event),
      };
    case "conversation:message:deleted":
      return { ...common, message: { id: publicId(event.messageId ?? event.id) } };
    case "conversation:remove":
      return { ...(conversation && { conversation }) };
    case "user:remove":
      return { user: goneUser(event) };
    case "user:update":
      return { ...(user && { user }), reason: event.reason, source: event.reason === "api" ? BY_API : source };
    case "client:add":
      return {
        ...common,
        ...(known && { client: apiClient(known) }),
        reason: "channelLinking",
        ...(source && { source }),
      };
    case "client:update":
      return { ...common, ...(known && { client: apiClient(known) }), reason: event.reason };
    case "client:remove":
      return { user: goneUser(event), client: goneClient(event), reason: "api", error: null, source: BY_API };
    case "conversation:postback":
      return { ...common, postback: { payload: message?.payload ?? message?.text ?? "" }, ...(source && { source }) };
    case "conversation:referral":
      return { ...common, ...(source && { source }), ...referralOf(message) };
    case "conversation:read":
      return {
        ...(conversation && { conversation }),
        activity: {
          type: "conversation:read",
          author: { type: "user", ...(known && { userId: publicId(known.id), user }) },
          ...(source && { source }),
        },
      };
    default:
      return { ...common, ...deliveryPayload(event, sources, known) };
  }
}

function messagePayload(
  message: MessageDetails,
  user: object | undefined,
  client: UserDetails | undefined,
): Record<string, unknown> {
  const shown = apiMessage(message);
  if (shown.author.type !== "user") return shown;
  return {
    ...shown,
    ...(user && { author: { ...shown.author, user } }),
    ...(client && { source: { ...shown.source, client: apiClient(client) } }),
  };
}

const BY_API = { type: "api" };

/** Of somebody who was erased only the id is known, and it is the client's too. */
function goneUser(event: StoredEvent) {
  return { id: publicId(event.contactId ?? event.id), authenticated: false };
}

function goneClient(event: StoredEvent) {
  return { id: publicId(event.contactId ?? event.id), type: "instagram", status: "inactive" };
}

function goneMessage(event: StoredEvent): Record<string, unknown> {
  return { id: publicId(event.messageId ?? event.id), content: { type: "text", text: "" }, deleted: true };
}

function deliveryPayload(event: StoredEvent, sources: Sources, user: UserDetails | undefined): Record<string, unknown> {
  const message = sources.messages.get(event.messageId ?? "");
  const id = message
    ? message.apiAuthor && message.bubbleId
      ? message.bubbleId
      : message.id
    : (event.messageId ?? event.id);
  const failure = sources.failures.get(event.messageId ?? "");
  const failed = event.trigger === "conversation:message:delivery:failure";
  const externalIds = sources.externalIds.get(id) ?? (message?.externalId ? [message.externalId] : []);
  return {
    message: { id: publicId(id) },
    destination: { type: "instagram", ...(user && { integrationId: publicId(user.channelId) }) },
    ...(!failed && { externalMessages: externalIds.map((externalId) => ({ id: externalId })) }),
    // Where customers confirm, what the channel took is not the last word.
    isFinalEvent: event.trigger !== "conversation:message:delivery:channel",
    ...(failed && {
      error: {
        code: CODES[failure?.code ?? ""] ?? "uncategorized_error",
        message: message?.failure?.text ?? "The message was not sent.",
        underlyingError: underlyingError(failure?.code ?? null, message?.failure?.text),
      },
    }),
  };
}

/** Instagram's own error where the failure is one; else the desk's name for it. */
function underlyingError(code: string | null, text: string | undefined) {
  const numbers = /^(\d+)(?:\/(\d+))?$/.exec(code ?? "");
  if (!numbers) return { code };
  return {
    ...(text !== undefined && { message: text }),
    type: "OAuthException",
    code: Number(numbers[1]),
    ...(numbers[2] && { error_subcode: Number(numbers[2]) }),
  };
}

/** Why a message was not sent, in the specification's few words. */
const CODES: Record<string, string> = {
  people_only: "forbidden",
  window_closed: "forbidden",
  channel_unusable: "unauthorized",
  // Instagram's own: the reply window, the key, a person who cannot be written to.
  "10/2534022": "forbidden",
  "10/2018278": "forbidden",
  "10/2018065": "forbidden",
  "190": "unauthorized",
  "551": "blocked",
};

function shortUser(user: UserDetails) {
  return {
    id: publicId(user.id),
    authenticated: false,
    ...(user.userExternalId !== null && { externalId: user.userExternalId }),
  };
}

function sourceOf(user: UserDetails, message: MessageDetails | undefined, full: boolean) {
  return {
    type: "instagram",
    integrationId: publicId(user.channelId),
    ...(message?.externalId && {
      originalMessageId: message.externalId,
      originalMessageTimestamp: new Date(message.sentAt).toISOString(),
    }),
    ...(full && { client: apiClient(user) }),
  };
}

/** A story mention and the way a person came are referrals; neither schema nor guide says how exactly, so this is ours. */
function referralOf(message: MessageDetails | undefined) {
  if (message?.story?.relation === "mention")
    return { referral: { code: message.story.url ?? "", details: { source: "STORY_MENTION", type: "OPEN_THREAD" } } };
  if (!message?.referral) return {};
  const { ref, source, adId } = message.referral;
  const details = { source: source ?? "SHORTLINK", type: "OPEN_THREAD", ...(adId && { adId }) };
  return { referral: { code: ref ?? "", details } };
}

function distinct(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
