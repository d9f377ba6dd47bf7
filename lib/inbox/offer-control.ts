import { type ControlNote, type ControlRefusal, changeControl, lockControl, refuseControl } from "./change-control";
import { type Ctx, requireInside, write } from "./context";
import { controlTarget, targetMissing } from "./control-target";

/**
 * Asks somebody to take a conversation; whoever holds it goes on until they do. An earlier offer ends.
 * @param input.to id, name or type of a switchboard integration, or "next"
 * @returns why not, which is told to integrators too; null when it is done @throws AppError not_found, invalid
 */
export async function offerControl(
  ctx: Ctx,
  input: { conversationId: string; to: string } & ControlNote,
): Promise<ControlRefusal | null> {
  const who = requireInside(ctx);
  return write(ctx, async (tx) => {
    const control = await lockControl(tx, who, input);
    const target = controlTarget(control, input.to);
    const refusal = !target ? targetMissing(input.to) : target.id === control.holder?.id ? HOLDS_IT : null;
    if (refusal) return refuseControl(tx, control, "control.offer_failed", refusal, input);
    if (target?.id === control.offeredTo?.id) return null;
    await changeControl(tx, control, { type: "control.offered", holder: control.holder, offeredTo: target }, input);
    return null;
  });
}

const HOLDS_IT: ControlRefusal = {
  refused: "invalid_target",
  message: "switchboardIntegration: it holds the conversation already. Offer it to another one.",
};
