import { byteLength, splitText, TEXT_LIMIT_BYTES } from "@/lib/inbox/split-text";

/** From here on the writer is told how much is left. */
const NEAR = 850;
/** More sends than this are not taken at one click; the server holds the same limit. */
const MOST_PARTS = 25;

export type ReplySize = { parts: number; over: boolean; words: string | null };

/** How much of Instagram's limit a text uses, and what becomes of a longer one. */
export function replySize(text: string): ReplySize {
  const bytes = byteLength(text.trim());
  if (bytes <= TEXT_LIMIT_BYTES) {
    return { parts: 1, over: false, words: bytes >= NEAR ? `${TEXT_LIMIT_BYTES - bytes} left` : null };
  }
  const parts = splitText(text).length;
  if (parts > MOST_PARTS) {
    return {
      parts,
      over: true,
      words: `This would be ${parts} messages on Instagram; ${MOST_PARTS} can be sent at once. Shorten it.`,
    };
  }
  return { parts, over: false, words: `Goes out in ${parts} parts` };
}
