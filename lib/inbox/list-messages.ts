import { type SQL, sql } from "drizzle-orm";
import { isId } from "../ids";
import { type Ctx, requireInside } from "./context";
import { selectMessageDetails } from "./public-rows";
import type { MessageDetails } from "./public-types";
import { readConversation } from "./read-conversation";

const PAGE = 100;

export type MessagePage = {
  /** Oldest first. */
  messages: MessageDetails[];
  /** Whether the conversation goes on in the direction that was walked: towards the newer after `after`, else towards the older. */
  hasMore: boolean;
};

/**
 * A page of a conversation as integrators see it: what they sent as one message is one, however many sends Instagram needed.
 * @param input.before a message's id: what stands before it; without either, the newest page
 * @throws AppError not_found
 */
export async function listMessages(
  ctx: Ctx,
  input: { conversationId: string; before?: string | undefined; after?: string | undefined },
): Promise<MessagePage> {
  const { workspaceId } = requireInside(ctx);
  const { id } = await readConversation(ctx, input);
  const thread = sql`m.workspace_id = ${workspaceId} and m.conversation_id = ${id} and m.kind <> 'event'
    and not (m.part > 0 and m.api_author is not null)`;
  const walk = (beyond: SQL) => selectMessageDetails(ctx.db, workspaceId, sql`${thread} ${beyond} limit ${PAGE + 1}`);
  if (input.after !== undefined) {
    const rows = await walk(sql`and (m.sent_at, m.id) > ${placeOf(workspaceId, input.after)} order by m.sent_at, m.id`);
    return { messages: rows.slice(0, PAGE), hasMore: rows.length > PAGE };
  }
  const beyond =
    input.before === undefined ? sql`` : sql`and (m.sent_at, m.id) < ${placeOf(workspaceId, input.before)}`;
  const rows = await walk(sql`${beyond} order by m.sent_at desc, m.id desc`);
  return { messages: rows.slice(0, PAGE).reverse(), hasMore: rows.length > PAGE };
}

/** Nothing stands before or after a message that is not there. */
function placeOf(workspaceId: string, messageId: string): SQL {
  return isId(messageId)
    ? sql`(select a.sent_at, a.id from message a where a.workspace_id = ${workspaceId} and a.id = ${messageId})`
    : sql`(null::timestamptz, null::uuid)`;
}
