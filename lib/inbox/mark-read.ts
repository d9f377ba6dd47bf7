import { AppError } from "../errors";
import { isId } from "../ids";
import { advanceReadMark } from "./advance-read-mark";
import { type Ctx, requireInside, write } from "./context";

/** Everything that arrived up to number `through` has been read; a message that arrives late is still unread. @throws AppError not_found, invalid */
export async function markRead(ctx: Ctx, input: { conversationId: string; through: number }): Promise<void> {
  const { workspaceId } = requireInside(ctx);
  const through = readMark(input.through);
  const { conversationId } = input;
  await write(ctx, async (tx) => {
    const mark = isId(conversationId) ? await advanceReadMark(tx, { workspaceId, conversationId, through }) : null;
    if (!mark) throw new AppError("not_found", "There is no such conversation.");
    if (mark.advanced) tx.record({ workspaceId, type: "conversation.changed", conversationId });
  });
}

/** @throws AppError invalid */
export function readMark(given: number): number {
  if (!Number.isSafeInteger(given) || given < 0) throw new AppError("invalid", "A read mark is a whole number.");
  return given;
}
