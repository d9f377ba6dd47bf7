import { AppError } from "../errors";
import { changeControl, lockControl } from "./change-control";
import { type Ctx, requireMember, write } from "./context";
import { handBackTarget } from "./switchboard";

/** The people of the desk give a conversation to the program that would have got it. @throws AppError not_found, invalid where there is none */
export async function handBack(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  const member = requireMember(ctx);
  await write(ctx, async (tx) => {
    const control = await lockControl(tx, member, input);
    const target = handBackTarget(control.switchboard, control.channelId);
    if (!target) throw new AppError("invalid", "Nobody but the inbox has a place at the switchboard.");
    if (control.holder?.id === target.id) return;
    await changeControl(tx, control, { type: "control.passed", holder: target, offeredTo: null }, {});
  });
}
