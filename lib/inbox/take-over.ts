import { AppError } from "../errors";
import { changeControl, lockControl } from "./change-control";
import { type Ctx, requireMember, type WriteCtx, write } from "./context";

/**
 * The people of the desk take a conversation from whoever holds it, or accept the offer of it. Who holds it already keeps
 * it. @throws AppError not_found, invalid where the inbox has no place at the switchboard
 */
export async function takeOver(ctx: Ctx | WriteCtx, input: { conversationId: string }): Promise<void> {
  const member = requireMember(ctx);
  await write(ctx, async (tx) => {
    const control = await lockControl(tx, member, input);
    const { caller: inbox, holder, offeredTo } = control;
    if (!inbox)
      throw new AppError("invalid", "The inbox has no place at the switchboard. Ask an owner or admin to add it.");
    if (holder?.id === inbox.id) return;
    const type = offeredTo?.id === inbox.id ? "control.accepted" : "control.passed";
    await changeControl(tx, control, { type, holder: inbox, offeredTo: null }, {});
  });
}
