/** Longest text that Instagram takes at once, in bytes of UTF-8. */
export const TEXT_LIMIT_BYTES = 1000;

const encoder = new TextEncoder();

export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/**
 * Cuts a text into pieces that Instagram takes, between words; a word that is too long for one piece alone is cut
 * between characters as people see them, never inside one. @returns nothing for a text of white space
 */
export function splitText(text: string, limitBytes = TEXT_LIMIT_BYTES): string[] {
  const pieces: string[] = [];
  let piece = "";
  const end = () => {
    if (piece.trim() !== "") pieces.push(piece.trim());
    piece = "";
  };
  for (const token of tokensOf(text.trim(), limitBytes)) {
    if (byteLength(piece + token) > limitBytes) end();
    // White space that opens a piece would be trimmed anyway.
    if (piece !== "" || token.trim() !== "") piece += token;
  }
  end();
  return pieces;
}

/** Words with the white space between them; what is too long for one piece comes in smaller units, at last single code points. */
function tokensOf(text: string, limitBytes: number): string[] {
  return text
    .split(/(\s+)/u)
    .flatMap((token) => cut(token, limitBytes, (part) => segments(part, "word")))
    .flatMap((token) => cut(token, limitBytes, (part) => segments(part, "grapheme")))
    .flatMap((token) => cut(token, limitBytes, (part) => [...part]));
}

function cut(token: string, limitBytes: number, finer: (token: string) => string[]): string[] {
  return byteLength(token) <= limitBytes ? [token] : finer(token);
}

function segments(text: string, granularity: "word" | "grapheme"): string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity }).segment(text), ({ segment }) => segment);
}
