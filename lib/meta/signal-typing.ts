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
  if (isNews(keyOf(ctx, input))) await tell(ctx, input, "typing_on");
}

/** The same when it ends without a message; told again only after a new beginning, or 15 s. @throws AppError not_found */
export async function signalTypingEnd(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  const key = keyOf(ctx, input);
  if (lastTold.delete(key)) lastTold.delete(`${key} end`);
  if (isNews(`${key} end`)) await tell(ctx, input, "typing_off");
}

/** Whether it was not told within the last 15 s; it counts as told from now on. */
function isNews(key: string): boolean {
  const at = performance.now();
  if (at - (lastTold.get(key) ?? -EVERY_MS) < EVERY_MS) return false;
  if (lastTold.size >= MAX_REMEMBERED) lastTold.clear();
  lastTold.set(key, at);
  return true;
}

function keyOf(ctx: Ctx, { conversationId }: { conversationId: string }): string {
  const { workspaceId } = requireInside(ctx);
  if (!isId(conversationId)) throw new AppError("not_found", "There is no such conversation.");
  return `${workspaceId} ${conversationId}`;
}

async function tell(ctx: Ctx, { conversationId }: { conversationId: string }, action: "typing_on" | "typing_off") {
  const { workspaceId } = requireInside(ctx);
  const target = await readSignalTarget(ctx, { workspaceId, conversationId });
  if (!target?.open || target.msPaused > 0) return;
  callAction(ctx, target, { sender_action: action }).catch((error) => {
    log.warn(
      { channel: target.channelId, action, reason: errorMessage(error) },
      "the customer is not shown whether someone writes",
    );
  });
}
