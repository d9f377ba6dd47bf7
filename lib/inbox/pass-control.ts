import { type ControlNote, type ControlRefusal, changeControl, lockControl, refuseControl } from "./change-control";
import { type Ctx, requireInside, write } from "./context";
import { controlTarget, targetMissing } from "./control-target";

/**
 * Gives a conversation to somebody else; offers end with it. Passing it to who holds it changes nothing.
 * @param input.to id, name or type of a switchboard integration, or "next"
 * @returns why not, which is told to integrators too; null when it is done @throws AppError not_found, invalid
 */
export async function passControl(
  ctx: Ctx,
  input: { conversationId: string; to: string } & ControlNote,
): Promise<ControlRefusal | null> {
  const who = requireInside(ctx);
  return write(ctx, async (tx) => {
    const control = await lockControl(tx, who, input);
    const target = controlTarget(control, input.to);
    if (!target) return refuseControl(tx, control, "control.pass_failed", targetMissing(input.to), input);
    if (target.id === control.holder?.id && !control.offeredTo) return null;
    await changeControl(tx, control, { type: "control.passed", holder: target, offeredTo: null }, input);
    return null;
  });
}
