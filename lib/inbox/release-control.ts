import { type ControlNote, type ControlRefusal, changeControl, lockControl } from "./change-control";
import { type Ctx, requireInside, write } from "./context";

/**
 * Lets a conversation go: the default one gets it with the customer's next message. A key of an integration lets go only
 * what that integration holds. @returns why not; null when it is done @throws AppError not_found, invalid
 */
export async function releaseControl(
  ctx: Ctx,
  input: { conversationId: string } & ControlNote,
): Promise<ControlRefusal | null> {
  const who = requireInside(ctx);
  return write(ctx, async (tx) => {
    const control = await lockControl(tx, who, input);
    const { holder, offeredTo, caller } = control;
    const named = who.type === "member" || Boolean(who.integrationId);
    if (named && (!holder || holder.id !== caller?.id)) return NOT_YOURS;
    if (!holder && !offeredTo) return null;
    await changeControl(tx, control, { type: "control.released", holder: null, offeredTo: null }, input);
    return null;
  });
}

const NOT_YOURS: ControlRefusal = {
  refused: "forbidden",
  message: "This conversation is not held by the integration of this key.",
};
