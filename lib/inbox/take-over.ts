import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { changeControl, lockControl } from "./change-control";
import { type Ctx, type Member, requireMember, type WriteCtx, write } from "./context";
import { selectConversations } from "./rows";
import type { ConversationRow } from "./types";

type Input = { conversationId: string };

/**
 * The people of the desk take a conversation from whoever holds it, or accept the offer of it. Whoever holds it already
 * keeps it. @throws AppError not_found, invalid where the inbox has no place at the switchboard
 */
export async function takeOver(ctx: Ctx, input: Input): Promise<ConversationRow | undefined> {
  const member = requireMember(ctx);
  return write(ctx, async (tx) => {
    await giveToInbox(tx, member, input);
    const [row] = await selectConversations(
      tx.db,
      sql`c.workspace_id = ${member.workspaceId} and c.id = ${input.conversationId}`,
    );
    return row;
  });
}

/** @throws AppError not_found, invalid */
export async function giveToInbox(tx: WriteCtx, member: Member, input: Input): Promise<void> {
  const control = await lockControl(tx, member, input);
  const { caller: inbox, holder, offeredTo } = control;
  if (!inbox)
    throw new AppError("invalid", "The inbox has no place at the switchboard. Ask an owner or admin to add it.");
  if (holder?.id === inbox.id) return;
  const type = offeredTo?.id === inbox.id ? "control.accepted" : "control.passed";
  await changeControl(tx, control, { type, holder: inbox, offeredTo: null }, {});
}
