import { type SQL, sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireMember } from "./context";
import { type Cursor, decodeCursor, encodeCursor } from "./cursor";
import { currentSequence, selectContacts, selectConversations, selectMessages } from "./rows";
import type { ThreadPage } from "./types";

const PAGE = 50;

export type ThreadPosition = {
  /** `older` of an earlier page, or a message: what stands before it. */
  before?: string | undefined;
  /** A message: what stands after it. */
  after?: string | undefined;
  /** A message: itself with what stands before and after it. */
  around?: string | undefined;
};

/** The newest messages of a conversation, or those at `position`. @throws AppError not_found */
export async function readThread(
  ctx: Ctx,
  { conversationId, ...position }: ThreadPosition & { conversationId: string },
): Promise<ThreadPage> {
  const member = requireMember(ctx);
  const notFound = () => new AppError("not_found", "There is no such conversation.");
  if (!isId(conversationId)) throw notFound();
  const sequence = await currentSequence(ctx.db, member.workspaceId);
  const [conversation] = await selectConversations(
    ctx.db,
    sql`c.workspace_id = ${member.workspaceId} and c.id = ${conversationId}`,
  );
  if (!conversation) throw notFound();
  const [contact] = await selectContacts(
    ctx.db,
    sql`p.workspace_id = ${member.workspaceId} and p.id = ${conversation.contact.id}`,
  );
  if (!contact) throw notFound();
  const thread = sql`m.workspace_id = ${member.workspaceId} and m.conversation_id = ${conversation.id}`;
  return { sequence, conversation, contact, ...(await readStretch(ctx, thread, position)) };
}

type Stretch = Pick<ThreadPage, "messages" | "older" | "newer">;

async function readStretch(ctx: Ctx, thread: SQL, { before, after, around }: ThreadPosition): Promise<Stretch> {
  if (around !== undefined) {
    const place = await placeOf(ctx, thread, around);
    const back = await readBack(ctx, thread, sql`and (m.sent_at, m.id) <= ${place}`);
    const ahead = await readAhead(ctx, thread, place);
    return { messages: [...back.messages, ...ahead.messages], older: back.older, newer: ahead.newer };
  }
  if (after !== undefined) {
    const ahead = await readAhead(ctx, thread, await placeOf(ctx, thread, after));
    const first = ahead.messages[0];
    return { ...ahead, older: first ? encodeCursor(first.sentAt, first.id) : null };
  }
  if (!before) return { ...(await readBack(ctx, thread, sql``)), newer: false };
  const place = isId(before) ? await placeOf(ctx, thread, before) : placeAt(decodeCursor(before));
  return { ...(await readBack(ctx, thread, sql`and (m.sent_at, m.id) < ${place}`)), newer: true };
}

/** Where a message stands in its conversation, as a row to compare with. @throws AppError not_found */
async function placeOf(ctx: Ctx, thread: SQL, messageId: string): Promise<SQL> {
  const notFound = () => new AppError("not_found", "This message is not in the conversation any more.");
  if (!isId(messageId)) throw notFound();
  const { rows } = await ctx.db.execute<{ at: Date }>(
    sql`select m.sent_at as at from message m where ${thread} and m.id = ${messageId}`,
  );
  if (!rows[0]) throw notFound();
  return placeAt({ at: rows[0].at, id: messageId });
}

function placeAt({ at, id }: Cursor): SQL {
  return sql`(${at.toISOString()}::timestamptz, ${id}::uuid)`;
}

async function readBack(ctx: Ctx, thread: SQL, condition: SQL): Promise<Omit<Stretch, "newer">> {
  const rows = await selectMessages(
    ctx.db,
    sql`${thread} ${condition} order by m.sent_at desc, m.id desc limit ${PAGE + 1}`,
  );
  const messages = rows.slice(0, PAGE).reverse();
  const first = messages[0];
  return { messages, older: rows.length > PAGE && first ? encodeCursor(first.sentAt, first.id) : null };
}

async function readAhead(ctx: Ctx, thread: SQL, place: SQL): Promise<Omit<Stretch, "older">> {
  const rows = await selectMessages(
    ctx.db,
    sql`${thread} and (m.sent_at, m.id) > ${place} order by m.sent_at, m.id limit ${PAGE + 1}`,
  );
  return { messages: rows.slice(0, PAGE), newer: rows.length > PAGE };
}
