/** Longest text that Instagram takes, in bytes of UTF-8; the server holds the same limit. */
export const REPLY_LIMIT_BYTES = 1000;

/** From here on the writer is told how much is left. */
const NEAR = 850;

export type ReplySize = { bytes: number; over: boolean; words: string | null };

/** How much of Instagram's limit a text uses. Letters beyond English and emoji take more than one byte. */
export function replySize(text: string): ReplySize {
  const bytes = new TextEncoder().encode(text.trim()).length;
  const left = REPLY_LIMIT_BYTES - bytes;
  if (left < 0) {
    return {
      bytes,
      over: true,
      words: `${-left} too many: Instagram takes 1,000 bytes of text. Shorten it or send it in parts.`,
    };
  }
  return { bytes, over: false, words: bytes >= NEAR ? `${left} left` : null };
}
