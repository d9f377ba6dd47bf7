import { z } from "zod";
import type { StoredAttachment, StoredOutgoing } from "../db/tables/message";
import { AppError } from "../errors";
import { sendHash } from "./content-hash";
import {
  BUTTON_CHARACTERS,
  BUTTONS_TEXT_CHARACTERS,
  CARD_CHARACTERS,
  MAX_BUTTONS,
  MAX_CARDS,
  MAX_IMAGES,
  MAX_QUICK_REPLIES,
  MAX_SENDS,
} from "./send-limits";
import { byteLength, splitText, TEXT_LIMIT_BYTES } from "./split-text";
import type { Button, Card, MessageKind } from "./types";

const PAYLOAD_CHARACTERS = 1000;
const LONGEST_TEXT = 20_000;

const button = z.object({ title: z.string(), url: z.string().optional(), payload: z.string().optional() });

/** One thing to send, as the composer and the public API say it. */
export const outgoingPart = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("text"),
    text: z.string().max(LONGEST_TEXT),
    quickReplies: z.array(z.object({ title: z.string(), payload: z.string().optional() })).optional(),
  }),
  z.object({
    type: z.literal("media"),
    media: z.enum(["image", "video", "audio", "file"]),
    uploadIds: z.array(z.string()),
  }),
  z.object({ type: z.literal("like_heart") }),
  /** A post of the brand itself, by Instagram's id of it. */
  z.object({ type: z.literal("post"), postId: z.string() }),
  z.object({ type: z.literal("buttons"), text: z.string().max(LONGEST_TEXT), buttons: z.array(button) }),
  z.object({
    type: z.literal("cards"),
    cards: z.array(
      z.object({
        title: z.string(),
        subtitle: z.string().optional(),
        imageUrl: z.string().optional(),
        url: z.string().optional(),
        buttons: z.array(button).optional(),
      }),
    ),
  }),
]);

export type OutgoingPart = z.output<typeof outgoingPart>;

/** A message in Instagram's own form, which only programs write, with what can be shown of it. */
export type RawPart = {
  type: "raw";
  message: Record<string, unknown>;
  kind: MessageKind;
  text: string | null;
  attachments: StoredAttachment[] | null;
  cards: Card[];
  buttons: Button[];
};

/** One Send call to come. */
export type Draft = {
  kind: MessageKind;
  text: string | null;
  outgoing: StoredOutgoing;
  attachments: StoredAttachment[] | null;
  hash: Buffer | null;
};

/** What each part becomes, with Instagram's limits checked; a long text becomes several. @throws AppError invalid, in words */
export function draftParts(parts: (OutgoingPart | RawPart)[]): Draft[] {
  const drafts = parts.flatMap((part, at) => draftsOf(part, at === parts.length - 1));
  if (drafts.length === 0) throw invalid("Write something first.");
  if (drafts.length > MAX_SENDS)
    throw invalid(
      `This would be ${drafts.length} messages on Instagram; ${MAX_SENDS} can be sent at once. Shorten it.`,
    );
  return drafts;
}

function draftsOf(part: OutgoingPart | RawPart, last: boolean): Draft[] {
  switch (part.type) {
    case "text":
      return textDrafts(part, last);
    case "media":
      return [mediaDraft(part)];
    case "like_heart":
      return [draft("like_heart", null, { type: "like_heart" }, [{ type: "like_heart" }])];
    case "post":
      if (!/^\d{1,30}$/.test(part.postId)) throw invalid("A post is named by Instagram's id of it, a long number.");
      return [draft("share", null, { type: "post", postId: part.postId }, [{ type: "post", awaited: true }])];
    case "buttons":
      return [buttonsDraft(part)];
    case "cards":
      return [cardsDraft(part)];
    case "raw": {
      const { kind, text, attachments, ...outgoing } = part;
      return [draft(kind, text, outgoing, attachments)];
    }
  }
}

function textDrafts(part: Extract<OutgoingPart, { type: "text" }>, last: boolean): Draft[] {
  const pieces = splitText(clean(part.text));
  if (pieces.length === 0) throw invalid("Write something first.");
  const given = part.quickReplies ?? [];
  if (given.length === 0) return pieces.map((piece) => draft("text", piece, { type: "text" }, null));
  if (!last) throw invalid("Quick replies vanish with the next message, so they belong to the last part.");
  if (given.length > MAX_QUICK_REPLIES)
    throw invalid(`Instagram shows ${MAX_QUICK_REPLIES} quick replies at most and these are ${given.length}.`);
  const quickReplies = given.map(({ title, payload }) => ({
    title: checked(title, "A quick reply", BUTTON_CHARACTERS),
    payload: checked(payload ?? title, "What a quick reply carries back", PAYLOAD_CHARACTERS),
  }));
  return pieces.map((piece, at) =>
    draft("text", piece, at === pieces.length - 1 ? { type: "text", quickReplies } : { type: "text" }, null),
  );
}

function mediaDraft({ media, uploadIds }: Extract<OutgoingPart, { type: "media" }>): Draft {
  if (uploadIds.length === 0) throw invalid("Attach a file first.");
  if (media === "image" && uploadIds.length > MAX_IMAGES)
    throw invalid(`Instagram takes ${MAX_IMAGES} pictures at once and these are ${uploadIds.length}.`);
  if (media !== "image" && uploadIds.length > 1)
    throw invalid("Instagram takes several pictures at once; everything else goes one by one.");
  return draft(
    media,
    null,
    { type: "media", media, uploadIds },
    uploadIds.map(() => ({ type: media, awaited: true })),
  );
}

function buttonsDraft(part: Extract<OutgoingPart, { type: "buttons" }>): Draft {
  const text = checked(part.text, "The text above buttons", BUTTONS_TEXT_CHARACTERS);
  if (byteLength(text) > TEXT_LIMIT_BYTES)
    throw invalid(`Instagram takes ${TEXT_LIMIT_BYTES} bytes of text above buttons and this is ${byteLength(text)}.`);
  if (part.buttons.length === 0) throw invalid("Add a button, or send the text alone.");
  return draft("template", text, { type: "buttons", buttons: checkButtons(part.buttons, "under a text") }, null);
}

function cardsDraft(part: Extract<OutgoingPart, { type: "cards" }>): Draft {
  if (part.cards.length === 0) throw invalid("Add a card first.");
  if (part.cards.length > MAX_CARDS)
    throw invalid(`Instagram shows ${MAX_CARDS} cards at most and these are ${part.cards.length}.`);
  return draft("template", null, { type: "cards", cards: part.cards.map(checkCard) }, null);
}

function checkCard(card: Card): Card {
  return {
    title: checked(card.title, "The title of a card", CARD_CHARACTERS),
    ...(card.subtitle && { subtitle: checked(card.subtitle, "The subtitle of a card", CARD_CHARACTERS) }),
    ...(card.imageUrl && { imageUrl: checkUrl(card.imageUrl, "The picture of a card") }),
    ...(card.url && { url: checkUrl(card.url, "The link of a card") }),
    ...(card.buttons?.length && { buttons: checkButtons(card.buttons, "on a card") }),
  };
}

function checkButtons(buttons: Button[], where: string): Button[] {
  if (buttons.length > MAX_BUTTONS)
    throw invalid(`Instagram shows ${MAX_BUTTONS} buttons ${where} and these are ${buttons.length}.`);
  return buttons.map(({ title, url, payload }) => {
    const checkedTitle = checked(title, "The title of a button", BUTTON_CHARACTERS);
    if ((url === undefined) === (payload === undefined))
      throw invalid(`The button “${checkedTitle}” needs either an address to open or a payload to carry back.`);
    return url === undefined
      ? { title: checkedTitle, payload: checked(payload ?? "", "What a button carries back", PAYLOAD_CHARACTERS) }
      : { title: checkedTitle, url: checkUrl(url, `The button “${checkedTitle}”`) };
  });
}

function checked(text: string, what: string, limit: number): string {
  const kept = clean(text).trim();
  if (kept === "") throw invalid(`${what} is empty.`);
  const length = [...kept].length;
  if (length > limit) throw invalid(`${what} has ${length} characters; Instagram shows ${limit} at most.`);
  return kept;
}

function checkUrl(given: string, what: string): string {
  const url = clean(given).trim();
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw invalid(`${what} needs an address that begins with https://.`);
  return url;
}

function draft(
  kind: MessageKind,
  text: string | null,
  outgoing: StoredOutgoing,
  attachments: StoredAttachment[] | null,
): Draft {
  const details = "cards" in outgoing ? { cards: outgoing.cards } : null;
  return { kind, text, outgoing, attachments, hash: sendHash({ kind, text, attachments, details }) };
}

/** PostgreSQL refuses U+0000, and half a surrogate pair is no character. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "");
}

function invalid(words: string): AppError {
  return new AppError("invalid", words);
}
