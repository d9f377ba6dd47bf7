import { MAX_SENDS } from "@/lib/inbox/send-limits";
import { byteLength, splitText, TEXT_LIMIT_BYTES } from "@/lib/inbox/split-text";

/** From here on the writer is told how much is left. */
const NEAR = 850;

export type ReplySize = { parts: number; over: boolean; words: string | null };

/** How much of Instagram's limit a text uses, and what becomes of a longer one. */
export function replySize(text: string): ReplySize {
  const bytes = byteLength(text.trim());
  if (bytes <= TEXT_LIMIT_BYTES) {
    return { parts: 1, over: false, words: bytes >= NEAR ? `${TEXT_LIMIT_BYTES - bytes} left` : null };
  }
  const parts = splitText(text).length;
  if (parts > MAX_SENDS) {
    return {
      parts,
      over: true,
      words: `This would be ${parts} messages on Instagram; ${MAX_SENDS} can be sent at once. Shorten it.`,
    };
  }
  return { parts, over: false, words: `Goes out in ${parts} parts` };
}
