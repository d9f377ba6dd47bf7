import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireMember } from "./context";
import { decodeCursor, encodeCursor } from "./cursor";
import { currentSequence, selectContacts, selectConversations, selectMessages } from "./rows";
import type { ThreadPage } from "./types";

const PAGE = 50;

/** The newest messages of a conversation, or those before `older` of an earlier page. @throws AppError not_found */
export async function readThread(
  ctx: Ctx,
  input: { conversationId: string; before?: string | undefined },
): Promise<ThreadPage> {
  const member = requireMember(ctx);
  const notFound = () => new AppError("not_found", "There is no such conversation.");
  if (!isId(input.conversationId)) throw notFound();
  const cursor = input.before ? decodeCursor(input.before) : null;
  const sequence = await currentSequence(ctx.db, member.workspaceId);
  const [conversation] = await selectConversations(
    ctx.db,
    sql`c.workspace_id = ${member.workspaceId} and c.id = ${input.conversationId}`,
  );
  if (!conversation) throw notFound();
  const [contact] = await selectContacts(
    ctx.db,
    sql`p.workspace_id = ${member.workspaceId} and p.id = ${conversation.contact.id}`,
  );
  if (!contact) throw notFound();
  const before = cursor
    ? sql`and (m.sent_at, m.id) < (${cursor.at.toISOString()}::timestamptz, ${cursor.id}::uuid)`
    : sql``;
  const rows = await selectMessages(
    ctx.db,
    sql`m.workspace_id = ${member.workspaceId} and m.conversation_id = ${conversation.id} ${before}
      order by m.sent_at desc, m.id desc limit ${PAGE + 1}`,
  );
  const messages = rows.slice(0, PAGE).reverse();
  const first = messages[0];
  return {
    sequence,
    conversation,
    contact,
    messages,
    older: rows.length > PAGE && first ? encodeCursor(first.sentAt, first.id) : null,
  };
}
