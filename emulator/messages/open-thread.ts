import type { Emulator } from "../emulator";
import { conversationId, igsidFor, threadKeyFor } from "../ids";
import type { Thread } from "../world/types";

/** The thread of a customer with a business account, made when there is none. */
export function openThread(emulator: Emulator, igId: string, customerId: string): Thread {
  const known = emulator.index.threadOf(igId, customerId);
  if (known) return known;
  const key = threadKeyFor(igId, customerId);
  const thread: Thread = {
    id: conversationId(igId, key),
    key,
    igId,
    customerId,
    igsid: igsidFor(igId, customerId),
    messages: [],
    lastCustomerAt: null,
    seenByCustomerAt: null,
    seenByBusinessAt: null,
    typingUntil: 0,
    updatedAt: 0,
  };
  emulator.world.threads.push(thread);
  emulator.index.addThread(thread);
  return thread;
}
