import type { StoredAttachment, StoredDetails, StoredOutgoing } from "../db/tables/message";
import { searchWords } from "./search-words";
import type { MessageRow } from "./types";

type Searchable = Pick<MessageRow, "text" | "cards" | "buttons" | "quickReplies" | "referral"> & {
  attachments: { title?: string | null | undefined }[];
};

/** Everything of a message that people may remember: its text first, then titles of what it carries. */
export function searchableTexts(message: Searchable): string[] {
  const { text, attachments, cards, buttons, quickReplies, referral } = message;
  return [
    text,
    ...attachments.map(({ title }) => title),
    ...cards.flatMap((card) => [card.title, card.subtitle, ...(card.buttons ?? []).map(({ title }) => title)]),
    ...buttons.map(({ title }) => title),
    ...quickReplies.map(({ title }) => title),
    referral?.adTitle,
  ].flatMap((given) => given || []);
}

/** The words by which a message is found, as its row keeps them. */
export function messageWords(message: {
  text: string | null;
  attachments: StoredAttachment[] | null;
  details?: StoredDetails | null;
  outgoing?: StoredOutgoing | null;
}): string {
  const { text, attachments, details, outgoing } = message;
  return searchWords(
    ...searchableTexts({
      text,
      attachments: attachments ?? [],
      cards: details?.cards ?? (outgoing && "cards" in outgoing ? outgoing.cards : []),
      buttons: details?.buttons ?? (outgoing && "buttons" in outgoing ? outgoing.buttons : []),
      quickReplies: details?.quickReplies ?? (outgoing?.type === "text" ? (outgoing.quickReplies ?? []) : []),
      referral: details?.referral ?? null,
    }),
  );
}
