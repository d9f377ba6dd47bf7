import type { Emulator } from "../emulator";
import type { Message, Thread } from "../world/types";
import { GraphError } from "./graph-error";

/** The message that a reply or a reaction names; it has to belong to the same thread. */
export function messageInThread(emulator: Emulator, thread: Thread, mid: string): Message {
  const found = emulator.index.messages.get(mid);
  if (!found || found.thread !== thread || found.message.unsent) {
    throw new GraphError(100, "(#100) Invalid message data: the message does not exist in this conversation.", {
      subcode: 2534015,
    });
  }
  return found.message;
}
