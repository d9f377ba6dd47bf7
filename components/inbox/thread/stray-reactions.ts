import type { ConversationRow } from "@/lib/inbox/types";
import type { FlowItem } from "./message-flow";

export type StrayReaction = ConversationRow["strayReactions"][number];

/** Where reactions to messages that are not here stand in the loaded stretch: by the bubble before which they came, or at its end. */
export function placeStrays(
  reactions: StrayReaction[],
  flow: FlowItem[],
  stretch: { older: string | null; newer: boolean },
): { before: Map<string, StrayReaction[]>; last: StrayReaction[] } {
  const before = new Map<string, StrayReaction[]>();
  const last: StrayReaction[] = [];
  const first = flow[0]?.bubble.first.sentAt ?? Number.NEGATIVE_INFINITY;
  for (const reaction of reactions) {
    if (stretch.older !== null && reaction.at < first) continue;
    const next = flow.find(({ bubble }) => bubble.first.sentAt > reaction.at)?.bubble.id;
    if (next !== undefined) before.set(next, [...(before.get(next) ?? []), reaction]);
    else if (!stretch.newer) last.push(reaction);
  }
  return { before, last };
}
