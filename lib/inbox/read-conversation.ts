import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireInside } from "./context";
import { selectConversationDetails } from "./public-rows";
import type { ConversationDetails } from "./public-types";

/** A conversation without its messages. @throws AppError not_found */
export async function readConversation(ctx: Ctx, input: { conversationId: string }): Promise<ConversationDetails> {
  const { workspaceId } = requireInside(ctx);
  const [conversation] = isId(input.conversationId)
    ? await selectConversationDetails(ctx.db, sql`c.workspace_id = ${workspaceId} and c.id = ${input.conversationId}`)
    : [];
  if (!conversation) throw new AppError("not_found", "There is no such conversation.");
  return conversation;
}
