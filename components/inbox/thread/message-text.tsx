import { Fragment } from "react";
import { textPieces } from "./text-pieces";

/** A message's text with its web links. React escapes it; nothing in it is ever markup. */
export function MessageText({ text }: { text: string }) {
  return (
    <>
      {textPieces(text).map((piece, index) =>
        piece.type === "link" ? (
          <a
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one unchanging text
            key={index}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="underline underline-offset-2 [overflow-wrap:anywhere]"
          >
            {piece.text}
          </a>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one unchanging text
          <Fragment key={index}>{piece.text}</Fragment>
        ),
      )}
    </>
  );
}

const PICTOGRAPHS = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s)+$/u;

/** One to three emoji and nothing else: shown large, as on the phone. */
export function isJustEmoji(text: string): boolean {
  if (!PICTOGRAPHS.test(text)) return false;
  const characters = [...new Intl.Segmenter("en").segment(text.replace(/\s/g, ""))];
  return characters.length >= 1 && characters.length <= 3;
}
