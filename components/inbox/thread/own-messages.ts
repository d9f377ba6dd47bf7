import { PLAIN_MESSAGE } from "@/lib/inbox/plain-message";
import type { MessageRow } from "@/lib/inbox/types";
import type { OutboxEntry } from "../outbox/outbox";
import { type StateWord, stateWord } from "../words/message-state";
import type { Bubble } from "./bubbles";

/** What waits in this browser, as the message it is about to be: after everything the server has. */
export function withOutbox(
  messages: MessageRow[],
  entries: OutboxEntry[],
  author: { id: string; name: string },
): MessageRow[] {
  const known = new Set(messages.map(({ id }) => id));
  const last = messages.at(-1);
  const waiting = entries
    .filter(({ id }) => !known.has(id))
    .map(
      (entry, index): MessageRow => ({
        id: entry.id,
        version: 0,
        conversationId: entry.conversationId,
        direction: "out",
        origin: "desk",
        kind: "text",
        text: entry.text,
        ...PLAIN_MESSAGE,
        author,
        sentAt: Math.max(entry.writtenAt, (last?.sentAt ?? 0) + 1 + index),
        arrival: 0,
        state: entry.refusal ? "failed" : "queued",
        failure: entry.refusal,
        unsent: false,
      }),
    );
  return waiting.length === 0 ? messages : [...messages, ...waiting];
}

export type OwnState = { word: StateWord; visible: boolean };

/**
 * The state of each own bubble, by its id. On screen only where it tells something: the last one, the last that was
 * seen, and whatever failed. Ears get it for every one.
 */
export function ownStates(bubbles: Bubble[], seenThroughAt: number | null): Map<string, OwnState> {
  const states = new Map<string, OwnState>();
  let last: OwnState | null = null;
  let lastSeen: OwnState | null = null;
  for (const { id, parts, first, worst } of bubbles) {
    if (first.direction !== "out" || worst.unsent) continue;
    const sentAt = Math.max(...parts.map((part) => part.sentAt));
    const word = stateWord({ state: worst.state, sentAt }, seenThroughAt);
    const state: OwnState = { word, visible: word === "Not sent" || word === "Not confirmed" };
    states.set(id, state);
    last = state;
    if (word === "Seen") lastSeen = state;
  }
  if (last) last.visible = true;
  if (lastSeen) lastSeen.visible = true;
  return states;
}
