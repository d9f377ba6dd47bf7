import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { changeControl, lockControl } from "./change-control";
import { type Ctx, requireMember, write } from "./context";
import { selectConversations } from "./rows";
import { handBackTarget } from "./switchboard";
import type { ConversationRow } from "./types";

/** The people of the desk give a conversation to the program that would have got it. @throws AppError not_found, invalid where there is none */
export async function handBack(ctx: Ctx, input: { conversationId: string }): Promise<ConversationRow | undefined> {
  const member = requireMember(ctx);
  return write(ctx, async (tx) => {
    const control = await lockControl(tx, member, input);
    const target = handBackTarget(control.switchboard, control.channelId);
    if (!target) throw new AppError("invalid", "Nobody but the inbox has a place at the switchboard.");
    if (control.holder?.id !== target.id)
      await changeControl(tx, control, { type: "control.passed", holder: target, offeredTo: null }, {});
    const [row] = await selectConversations(
      tx.db,
      sql`c.workspace_id = ${member.workspaceId} and c.id = ${input.conversationId}`,
    );
    return row;
  });
}
