import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireInside } from "./context";
import { selectMessageDetails } from "./public-rows";
import type { MessageDetails } from "./public-types";

/** One message with all that integrators see of it. @throws AppError not_found */
export async function readMessage(ctx: Ctx, input: { messageId: string }): Promise<MessageDetails> {
  const { workspaceId } = requireInside(ctx);
  const [message] = isId(input.messageId)
    ? await selectMessageDetails(
        ctx.db,
        workspaceId,
        sql`m.workspace_id = ${workspaceId} and m.id = ${input.messageId}`,
      )
    : [];
  if (!message) throw new AppError("not_found", "There is no such message.");
  return message;
}
