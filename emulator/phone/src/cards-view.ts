import { h, on } from "./dom";
import type { Card, OfferedButton } from "./wire";

export interface CardsInput {
  cards: Card[];
  /** Absent for the one who sent them: their buttons cannot be pressed. */
  press?: (card: number, button: number) => void;
}

/** The cards of a template, side by side when there are several; a message with buttons is one card of words. */
export function cardsView({ cards, press }: CardsInput): HTMLElement {
  const strip = h("div", {
    class: "cards",
    role: "group",
    "aria-label": cards.length > 1 ? `${cards.length} cards` : "Card",
  });
  if (cards.length > 1) strip.tabIndex = 0;
  cards.forEach((card, at) => {
    strip.append(cardView(card, press && ((button) => press(at, button))));
  });
  return strip;
}

function cardView(card: Card, press?: (button: number) => void): HTMLElement {
  const element = h("article", { class: "card" });
  if (card.imageUrl) {
    const image = h("img", { src: card.imageUrl, alt: "", loading: "lazy", referrerpolicy: "no-referrer" });
    on(image, { error: () => image.remove() });
    element.append(image);
  }
  const words = h("div", { class: "card-words" }, h("strong", { dir: "auto" }, card.title));
  if (card.subtitle) words.append(h("small", { dir: "auto" }, card.subtitle));
  element.append(
    card.url ? h("a", { class: "card-link", href: card.url, target: "_blank", rel: "noreferrer" }, words) : words,
  );
  card.buttons.forEach((button, at) => {
    element.append(buttonView(button, press && (() => press(at))));
  });
  return element;
}

function buttonView(button: OfferedButton, press?: () => void): HTMLElement {
  if (button.url)
    return h("a", { class: "card-button", href: button.url, target: "_blank", rel: "noreferrer" }, button.title);
  const element = h("button", { type: "button", class: "card-button", disabled: press === undefined }, button.title);
  return press ? on(element, { click: press }) : element;
}
