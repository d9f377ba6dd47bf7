import { sql } from "drizzle-orm";
import { type Ctx, requireMember } from "./context";
import { countUnread } from "./count-unread";
import { decodeCursor, encodeCursor } from "./cursor";
import { currentSequence, selectConversations } from "./rows";
import type { ConversationPage } from "./types";

const PAGE = 50;

/** Conversations of the workspace, newest first. @param input.after `next` of the page before */
export async function listConversations(ctx: Ctx, input: { after?: string | undefined }): Promise<ConversationPage> {
  const member = requireMember(ctx);
  const cursor = input.after ? decodeCursor(input.after) : null;
  const sequence = await currentSequence(ctx.db, member.workspaceId);
  const before = cursor
    ? sql`and (c.last_message_at, c.id) < (${cursor.at.toISOString()}::timestamptz, ${cursor.id}::uuid)`
    : sql``;
  const rows = await selectConversations(
    ctx.db,
    sql`c.workspace_id = ${member.workspaceId} ${before} order by c.last_message_at desc, c.id desc limit ${PAGE + 1}`,
  );
  const conversations = rows.slice(0, PAGE);
  const last = conversations.at(-1);
  return {
    sequence,
    conversations,
    unread: await countUnread(ctx.db, member.workspaceId),
    next: rows.length > PAGE && last ? encodeCursor(last.lastMessageAt, last.id) : null,
  };
}
