import { sha256 } from "../crypto";
import type { MessageKind } from "./types";

/** What two texts have in common when Instagram treats them as the same message: form and white space do not count. */
export function contentHash(text: string): Buffer {
  return sha256(normalised(text));
}

export type HashedContent = {
  kind: MessageKind;
  text: string | null;
  attachments?: { type: string }[] | null;
  details?: { cards?: { title: string }[] } | null;
};

/**
 * The same for a send and for its echo, which names no send: a text by its words, media by their type and number, cards
 * by their titles. @returns null for what the desk never sends
 */
export function sendHash({ kind, text, attachments, details }: HashedContent): Buffer | null {
  switch (kind) {
    case "text":
      return text === null ? null : contentHash(text);
    case "image":
    case "video":
    case "audio":
    case "file":
      return sha256(`\0${kind} ${attachments?.filter(({ type }) => type === kind).length ?? 0}`);
    case "like_heart":
    case "share":
      return sha256(`\0${kind}`);
    case "template": {
      const titles = details?.cards?.length ? details.cards.map(({ title }) => title) : [text ?? ""];
      return sha256(`\0template ${JSON.stringify(titles.map(normalised))}`);
    }
    default:
      return null;
  }
}

function normalised(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}
