import { sql } from "drizzle-orm";
import { randomToken } from "../crypto";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireInside } from "./context";

export type NewAttachment = {
  contentType: string;
  name: string;
  content: Buffer;
  /** It ends with the message that shows it, and unused after a week. */
  forMessage: boolean;
  /** It ends with this conversation. */
  conversationId: string | null;
};

/** @returns the unguessable end of its address @throws AppError not_found */
export async function keepAttachment(ctx: Ctx, input: NewAttachment): Promise<string> {
  const { workspaceId } = requireInside(ctx);
  const { contentType, name, content, forMessage, conversationId } = input;
  const token = randomToken();
  const { rowCount } =
    conversationId === null || isId(conversationId)
      ? await ctx.db.execute(sql`
          insert into attachment (workspace_id, token, content_type, name, size, content, for_message, conversation_id, created_at)
          select ${workspaceId}, ${token}, ${contentType}, ${name}, ${content.length}, ${sql.param(content)}::bytea, ${forMessage}, ${conversationId}::uuid,
            desk_now()
          where ${conversationId}::uuid is null
            or exists (select from conversation where workspace_id = ${workspaceId} and id = ${conversationId}::uuid)`)
      : { rowCount: 0 };
  if (rowCount !== 1) throw new AppError("not_found", "There is no such conversation.");
  return token;
}
