import type { MessageRow } from "@/lib/inbox/types";

/** What one click on Send made, or one message of the customer. */
export type Bubble = {
  id: string;
  /** At least one, in the order in which they go out. */
  parts: MessageRow[];
  /** The part that speaks for all: the first one, wherever the others stand. */
  first: MessageRow;
  /** The part that is worst off; its state is the bubble's. */
  worst: MessageRow;
};

/** Messages with those of one click put together, where the first of them stands. */
export function bubblesOf(messages: MessageRow[]): Bubble[] {
  const bubbles: Bubble[] = [];
  const several = new Map<string, Bubble>();
  for (const message of messages) {
    const known = message.bubbleId === null ? undefined : several.get(message.bubbleId);
    if (known) {
      known.parts.push(message);
      continue;
    }
    const bubble = { id: message.bubbleId ?? message.id, parts: [message], first: message, worst: message };
    bubbles.push(bubble);
    if (message.bubbleId !== null) several.set(message.bubbleId, bubble);
  }
  for (const bubble of several.values()) {
    bubble.parts.sort((a, b) => a.part - b.part);
    bubble.first = bubble.parts[0] ?? bubble.first;
    bubble.worst = bubble.parts.reduce((worst, part) => (badness(part) > badness(worst) ? part : worst), bubble.first);
  }
  return bubbles;
}

const BADNESS: Record<MessageRow["state"], number> = {
  sent: 0,
  received: 0,
  queued: 1,
  dispatching: 2,
  unconfirmed: 3,
  failed: 4,
};

function badness({ state, unsent }: MessageRow): number {
  return unsent ? -1 : BADNESS[state];
}
