import { AppError, errorMessage } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireInside } from "../inbox/context";
import { readSignalTarget } from "../inbox/read-signal";
import { log } from "../log";
import { callAction } from "./send-signal";

/** Instagram shows "typing" for about 20 seconds. */
const EVERY_MS = 15_000;
const MAX_REMEMBERED = 10_000;

const lastTold = new Map<string, number>();

/** A member or program writes: the customer sees "typing". Told at most every 15 s, and nobody waits for it or hears of its failure. @throws AppError not_found */
export async function signalTyping(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  const { workspaceId } = requireInside(ctx);
  if (!isId(input.conversationId)) throw new AppError("not_found", "There is no such conversation.");
  const key = `${workspaceId} ${input.conversationId}`;
  const at = performance.now();
  if (at - (lastTold.get(key) ?? -EVERY_MS) < EVERY_MS) return;
  if (lastTold.size >= MAX_REMEMBERED) lastTold.clear();
  lastTold.set(key, at);
  const target = await readSignalTarget(ctx, { workspaceId, conversationId: input.conversationId });
  if (!target?.open || target.msPaused > 0) return;
  callAction(ctx, target, { sender_action: "typing_on" }).catch((error) => {
    log.warn(
      { channel: target.channelId, reason: errorMessage(error) },
      "the customer is not shown that someone writes",
    );
  });
}
