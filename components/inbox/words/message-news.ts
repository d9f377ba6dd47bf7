import type { MessageRow } from "@/lib/inbox/types";
import { kindWords } from "./kind-words";
import { messageWords } from "./message-words";

/**
 * What a message of the open conversation tells an ear that its earlier form did not: the customer wrote, edited,
 * took back or reacted. Null when it is nobody's news.
 * @param before undefined when the message has just come
 */
export function messageNews(before: MessageRow | undefined, after: MessageRow, name: string): string | null {
  const incoming = after.direction === "in";
  if (!before) return incoming && !after.unsent ? `${name}: ${messageWords(after)}` : null;
  if (before.version >= after.version) return null;
  if (after.unsent) return incoming && !before.unsent ? `${name} unsent a message` : null;
  if (incoming && after.editedAt !== null && after.editedAt !== before.editedAt) {
    return `${name} edited a message: ${after.text ?? ""}`;
  }
  const emoji = customersReaction(after);
  if (emoji === customersReaction(before)) return null;
  return emoji
    ? `${name} reacted ${emoji} to ${spokenOf(after)}`
    : `${name} took back a reaction to ${spokenOf(after)}`;
}

function customersReaction({ reactions }: MessageRow): string | undefined {
  return reactions.find(({ by }) => by === "customer")?.emoji;
}

function spokenOf({ kind, text }: MessageRow): string {
  return text ? `“${text}”` : kindWords(kind);
}
