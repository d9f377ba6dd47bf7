import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import { sha256Hex } from "../crypto";
import type { StoredMetadata } from "../db/tables/conversation";
import type { StoredApiAuthor, StoredApiContent, StoredOutgoing } from "../db/tables/message";
import { AppError } from "../errors";
import { isId } from "../ids";
import { enqueue } from "../queue/enqueue";
import { now } from "../time";
import { advanceReadMark } from "./advance-read-mark";
import { type Ctx, type Member, type Program, requireInside, type WriteCtx, write } from "./context";
import { readMark } from "./mark-read";
import { type Draft, draftParts, type OutgoingPart, type RawPart } from "./outgoing-part";
import { refreshConversations } from "./refresh-conversations";
import { lockReplyTarget, type ReplyTarget, requireAnswerable } from "./reply-target";
import { selectMessages } from "./rows";
import { messageWords } from "./searchable-texts";
import { giveToInbox } from "./take-over";
import type { MessageRow } from "./types";

export type SendInput = {
  id: string;
  conversationId: string;
  parts: (OutgoingPart | RawPart)[];
  /** The message that this one answers. */
  replyTo?: string | undefined;
  /** The last arrival that its writer had before them; left out: everything that is there. */
  readThrough?: number | undefined;
  /** As whom a program speaks; members speak as themselves. */
  author?: Pick<StoredApiAuthor, "name" | "pictureUrl" | "subtypes"> | undefined;
  metadata?: StoredMetadata | undefined;
  /** The message as the public API was given it, to be read back so. */
  content?: StoredApiContent | undefined;
  /** The uploaded file that it shows: one that was uploaded for a message ends with this one. */
  attachment?: string | undefined;
};

/** Meta keeps an uploaded file usable for so long. */
const UPLOAD_DAYS = 90;

/**
 * Puts a reply on its way. What Instagram takes in several sends becomes several messages, one bubble, in order. The
 * browser invents the id: the same request again is the same message, other content under that id is a conflict. Who
 * answers has read what they answer, and holds the conversation from then on.
 * @returns its messages in their order
 * @throws AppError not_found, invalid, window_closed, channel_unusable, conflict
 */
export async function sendMessage(ctx: Ctx, input: SendInput): Promise<MessageRow[]> {
  const writer = requireInside(ctx);
  if (!isId(input.id)) throw new AppError("invalid", "A message needs an id (UUID) of its own.");
  const drafts = draftParts(input.parts);
  const readThrough = readMark(input.readThrough ?? Number.MAX_SAFE_INTEGER);
  return write(ctx, async (tx) => {
    const target = await lockReplyTarget(tx, writer, input.conversationId);
    const ids = drafts.map((_, part) => partId(input.id, part));
    if (await isRepeat(tx, writer, input, drafts)) return readBack(tx, writer, ids);
    // A program is told by the failure event, as for everything that Instagram refuses later.
    if (writer.type === "member") {
      requireAnswerable(target);
      if (target.heldElsewhere) await giveToInbox(tx, writer, target);
    }
    const people = await isPerson(tx, writer, input);
    await takeUploads(tx, writer, target, drafts);
    const quoted = input.replyTo === undefined ? null : await quotedId(tx, writer, target, input.replyTo);
    const { workspaceId } = writer;
    const { conversationId } = target;
    // What a bot answers nobody has read.
    if (people) await advanceReadMark(tx, { workspaceId, conversationId, through: readThrough });
    await insertMessages(tx, writer, target, { ids, drafts, quoted, people, input });
    if (input.attachment !== undefined) {
      await tx.db.execute(sql`
        update attachment set message_id = ${input.id} where workspace_id = ${workspaceId} and token = ${input.attachment} and for_message`);
    }
    await enqueue(
      tx.db,
      ids.map((messageId) => ({
        queue: "send",
        key: conversationId,
        payload: { workspaceId, messageId, channelId: target.channelId },
      })),
    );
    tx.wake("jobs");
    await refreshConversations(tx.db, [{ workspaceId, id: conversationId, added: ids.length }]);
    for (const messageId of ids) tx.record({ workspaceId, type: "message.queued", conversationId, messageId });
    return readBack(tx, writer, ids);
  });
}

/** A key may be said to be people's, and its integration at the switchboard, or the message itself, to be a bot's: then it is. */
async function isPerson(tx: WriteCtx, writer: Member | Program, { author }: SendInput): Promise<boolean> {
  if (writer.type === "member") return true;
  if (author?.subtypes?.includes("AI")) return false;
  if (!writer.people || !writer.integrationId) return writer.people;
  const { rows } = await tx.db.execute(sql`
    select 1 from switchboard_integration where workspace_id = ${writer.workspaceId} and integration_id = ${writer.integrationId} and bot`);
  return rows.length === 0;
}

/** The first part has the id that the browser invented; the others' follow from it, so that a repeat names the same. */
function partId(id: string, part: number): string {
  if (part === 0) return id;
  const hex = sha256Hex(`${id} part ${part}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

type Existing = {
  id: string;
  conversationId: string;
  authorId: string | null;
  apiAuthor: StoredApiAuthor | null;
  text: string | null;
  outgoing: StoredOutgoing | null;
  quotes: string | null;
  unsent: boolean;
};

/** @throws AppError conflict when the id is another message's */
async function isRepeat(tx: WriteCtx, writer: Member | Program, input: SendInput, drafts: Draft[]): Promise<boolean> {
  const { rows } = await tx.db.execute<Existing>(sql`
    select m.id, m.conversation_id as "conversationId", m.author_id as "authorId", m.api_author as "apiAuthor",
      m.text, m.outgoing, m.unsent_at is not null as unsent,
      (select q.id from message q where q.channel_id = m.channel_id and q.external_id = m.reply_to_external_id) as quotes
    from message m where m.workspace_id = ${writer.workspaceId} and (m.id = ${input.id} or m.bubble_id = ${input.id})
    order by m.part`);
  const first = rows.find((row) => row.id === input.id);
  if (!first) return false;
  const same =
    first.conversationId === input.conversationId &&
    writtenBy(first, writer) &&
    (first.unsent || first.quotes === (input.replyTo ?? null)) &&
    rows.length === drafts.length &&
    rows.every((row, part) => row.unsent || (row.text === drafts[part]?.text && sameForm(row, drafts[part])));
  if (!same) throw idTaken();
  return true;
}

function writtenBy({ authorId, apiAuthor }: Existing, writer: Member | Program): boolean {
  return writer.type === "member" ? authorId === writer.id : apiAuthor?.keyId === writer.keyId;
}

/** Sends of an earlier version of the product carry no form: they were texts. */
function sameForm({ outgoing }: Existing, draft: Draft | undefined): boolean {
  return isDeepStrictEqual(outgoing ?? { type: "text" }, draft?.outgoing);
}

async function takeUploads(
  tx: WriteCtx,
  writer: Member | Program,
  target: ReplyTarget,
  drafts: Draft[],
): Promise<void> {
  for (const { outgoing, attachments } of drafts) {
    if (outgoing.type !== "media") continue;
    const ids = outgoing.uploadIds.filter(isId);
    const { rows } = await tx.db.execute<{ id: string; media: string; name: string; usable: boolean }>(sql`
      select id, media, name, created_at > desk_now() - make_interval(days => ${UPLOAD_DAYS}) as usable from upload
      where workspace_id = ${writer.workspaceId} and channel_id = ${target.channelId} and id = any(${sql.param(ids)}::uuid[])`);
    const known = new Map(rows.map((row) => [row.id, row]));
    for (const [at, id] of outgoing.uploadIds.entries()) {
      const upload = known.get(id);
      if (!upload?.usable) throw new AppError("invalid", "This file is not at Instagram any more. Attach it again.");
      if (upload.media !== outgoing.media)
        throw new AppError("invalid", `This file cannot be sent as ${WORDS[outgoing.media]}. Attach it again.`);
      const attachment = attachments?.[at];
      if (attachment && upload.name !== "") attachment.title = upload.name;
    }
    // What a file is called belongs to its message from now on, so that it goes when that is unsent.
    await tx.db.execute(sql`
      update upload set name = '' where workspace_id = ${writer.workspaceId} and id = any(${sql.param(ids)}::uuid[])`);
  }
}

const WORDS = { image: "a picture", video: "a video", audio: "a voice message", file: "a file" };

/** @throws AppError not_found, invalid */
async function quotedId(
  tx: WriteCtx,
  writer: Member | Program,
  target: ReplyTarget,
  messageId: string,
): Promise<string> {
  const { rows } = isId(messageId)
    ? await tx.db.execute<{ externalId: string | null; unsent: boolean }>(sql`
        select external_id as "externalId", unsent_at is not null as unsent from message
        where workspace_id = ${writer.workspaceId} and conversation_id = ${target.conversationId} and id = ${messageId}`)
    : { rows: [] };
  const quoted = rows[0];
  if (!quoted) throw new AppError("not_found", "The message that you answer is not in this conversation.");
  if (quoted.unsent)
    throw new AppError("invalid", "The message that you answer was unsent. Send it without the quote.");
  if (quoted.externalId === null)
    throw new AppError("invalid", "The message that you answer is not on Instagram yet. Wait until it is sent.");
  if (quoted.externalId.startsWith("sha256:"))
    throw new AppError(
      "invalid",
      "Instagram gave this message no id, so it cannot be quoted. Send it without the quote.",
    );
  return quoted.externalId;
}

async function insertMessages(
  tx: WriteCtx,
  writer: Member | Program,
  target: ReplyTarget,
  given: { ids: string[]; drafts: Draft[]; quoted: string | null; people: boolean; input: SendInput },
): Promise<void> {
  const { ids, drafts, quoted, people, input } = given;
  const bubbleId = ids.length > 1 ? (ids[0] ?? null) : null;
  // Never before what is already there: the reply stands last until Instagram tells its own time.
  const firstAt = Math.max(now(), target.lastMessageAt.getTime() + 1);
  const rows = drafts.map(({ kind, text, outgoing, attachments, hash }, part) => ({
    id: ids[part],
    kind,
    text,
    search: messageWords({ text, outgoing, attachments }),
    outgoing,
    attachments,
    hash: hash && `\\x${hash.toString("hex")}`,
    part,
    quoted: part === 0 ? quoted : null,
    sent_at: new Date(firstAt + part).toISOString(),
    arrival: target.lastArrival + 1 + part,
  }));
  const { rows: inserted } = await tx.db.execute(sql`
    insert into message (workspace_id, id, conversation_id, channel_id, direction, origin, kind, text, search, outgoing, attachments, content_hash,
      bubble_id, part, reply_to_external_id, author_id, api_author, metadata, api_content, sent_at, arrival, state)
    select ${writer.workspaceId}, id, ${target.conversationId}, ${target.channelId}, 'out', 'desk', kind, text, search, outgoing, attachments, hash,
      ${bubbleId}::uuid, part, quoted, ${writer.type === "member" ? writer.id : null}, ${asJson(apiAuthorOf(writer, people, input))}::jsonb,
      ${asJson(input.metadata)}::jsonb, case when part = 0 then ${asJson(input.content)}::jsonb end, sent_at, arrival, 'queued'
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(id uuid, kind text, text text, search text, outgoing jsonb, attachments jsonb, hash bytea,
      part int, quoted text, sent_at timestamptz, arrival bigint)
    on conflict (workspace_id, id) do nothing returning id`);
  // Given at this very moment to a message of another conversation.
  if (inserted.length < rows.length) throw idTaken();
}

function apiAuthorOf(writer: Member | Program, people: boolean, { author }: SendInput): StoredApiAuthor | undefined {
  return writer.type === "member" ? undefined : { ...author, keyId: writer.keyId, people };
}

function asJson(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

async function readBack(tx: WriteCtx, writer: Member | Program, ids: string[]): Promise<MessageRow[]> {
  return selectMessages(
    tx.db,
    sql`m.workspace_id = ${writer.workspaceId} and m.id = any(${sql.param(ids)}::uuid[]) order by m.part`,
  );
}

function idTaken(): AppError {
  return new AppError("conflict", "Another message already has this id.");
}
