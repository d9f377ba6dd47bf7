import { type ControlNote, type ControlRefusal, changeControl, lockControl, refuseControl } from "./change-control";
import { type Ctx, requireInside, write } from "./context";

/**
 * Takes a conversation that was offered. A key of an integration takes what was offered to that integration only.
 * @returns why not, which is told to integrators too; null when it is done @throws AppError not_found, invalid
 */
export async function acceptControl(
  ctx: Ctx,
  input: { conversationId: string } & ControlNote,
): Promise<ControlRefusal | null> {
  const who = requireInside(ctx);
  return write(ctx, async (tx) => {
    const control = await lockControl(tx, who, input);
    const { offeredTo, caller } = control;
    const named = who.type === "member" || Boolean(who.integrationId);
    const theirs = offeredTo !== null && (!named || offeredTo.id === caller?.id);
    if (!theirs) return refuseControl(tx, control, "control.accept_failed", named ? NOT_YOURS : NOTHING_OFFERED, input);
    await changeControl(tx, control, { type: "control.accepted", holder: offeredTo, offeredTo: null }, input);
    return null;
  });
}

const NOT_YOURS: ControlRefusal = {
  refused: "forbidden",
  message: "This conversation is not offered to the integration of this key.",
};
const NOTHING_OFFERED: ControlRefusal = {
  refused: "invalid_action",
  message: "This conversation is offered to nobody. Offer it first, or pass it.",
};
