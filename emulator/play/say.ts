import type { Emulator } from "../emulator";
import { addMessage, deliverMessage, type NewMessage } from "../messages/add-message";
import type { Published } from "../webhooks/publish";
import type { Thread } from "../world/types";
import { threadView } from "./views";

export const VIEW_MESSAGES = 50;

/** Adds a message and sends its webhook. */
export function say(emulator: Emulator, thread: Thread, message: NewMessage) {
  const added = addMessage(emulator, thread, message);
  const published = deliverMessage(emulator, thread, added);
  return {
    mid: added.mid,
    thread: threadView(emulator, thread, VIEW_MESSAGES),
    delivery: deliveryOf(published),
  };
}

/** Whether Instagram told an app, and if not, why not. */
export function deliveryOf({ sent, reason }: Pick<Published, "sent" | "reason">) {
  return sent ? { sent } : { sent, reason };
}
