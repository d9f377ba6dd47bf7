import { isObject } from "../http";
import type { Message, Thread } from "../world/types";

export interface OfferedButton {
  title: string;
  /** null: it opens an address. */
  payload: string | null;
  url: string | null;
}

export interface Card {
  title: string;
  subtitle: string | null;
  imageUrl: string | null;
  /** Where a tap on the card leads. */
  url: string | null;
  buttons: OfferedButton[];
}

/** The cards of a message's template; a button message is one card without a picture. */
export function cardsOf(message: Message): Card[] {
  return message.attachments.flatMap(({ type, payload }) =>
    type === "template" ? Object.values(payload ?? {}).flatMap(cardsIn) : [],
  );
}

function cardsIn(form: unknown): Card[] {
  if (!isObject(form) || !Array.isArray(form.elements)) return [];
  return form.elements.filter(isObject).map((element) => {
    const action = isObject(element.default_action) ? element.default_action : {};
    const buttons = Array.isArray(element.buttons) ? element.buttons.filter(isObject) : [];
    return {
      title: textOf(element.title) ?? "",
      subtitle: textOf(element.subtitle),
      imageUrl: textOf(element.image_url),
      url: textOf(action.url),
      buttons: buttons.map((one) => ({
        title: textOf(one.title) ?? "",
        payload: textOf(one.payload),
        url: textOf(one.url),
      })),
    };
  });
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** Quick replies stand until the next message. */
export function standingQuickReplies(thread: Thread, message: Message) {
  return thread.messages.at(-1) === message && !message.unsent ? (message.quickReplies ?? []) : [];
}
