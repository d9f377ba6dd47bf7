import type { OutgoingPart } from "@/lib/inbox/outgoing-part";
import type { Button, Card } from "@/lib/inbox/types";

export type FormKind = "quick-replies" | "buttons" | "cards";
export type ButtonDraft = { title: string; url: string };
export type CardDraft = { title: string; subtitle: string; imageUrl: string; url: string; buttons: ButtonDraft[] };
export type FormDraft = {
  kind: FormKind;
  quickReplies: string[];
  text: string;
  buttons: ButtonDraft[];
  cards: CardDraft[];
};

export const EMPTY_BUTTON: ButtonDraft = { title: "", url: "" };
export const EMPTY_CARD: CardDraft = { title: "", subtitle: "", imageUrl: "", url: "", buttons: [] };
export const EMPTY_FORM: FormDraft = {
  kind: "quick-replies",
  quickReplies: [""],
  text: "",
  buttons: [EMPTY_BUTTON],
  cards: [EMPTY_CARD],
};

export type FormResult = { quickReplies: string[] } | { part: OutgoingPart } | { problem: string };

/** What a form becomes, or what is still missing, in words. Rows that were left empty count for nothing. */
export function formResult(draft: FormDraft): FormResult {
  if (draft.kind === "quick-replies") {
    const quickReplies = draft.quickReplies.map((title) => title.trim()).filter((title) => title !== "");
    if (new Set(quickReplies).size < quickReplies.length) return { problem: "Two quick replies are the same." };
    return quickReplies.length > 0 ? { quickReplies } : { problem: "Write at least one quick reply." };
  }
  if (draft.kind === "buttons") {
    if (draft.text.trim() === "") return { problem: "Write the text above the buttons." };
    const buttons = filledButtons(draft.buttons);
    if (buttons.length === 0) return { problem: "Name at least one button." };
    const broken = brokenButton(draft.buttons);
    return broken ? { problem: broken } : { part: { type: "buttons", text: draft.text.trim(), buttons } };
  }
  const cards = draft.cards.filter((card) => !isEmpty(card));
  if (cards.length === 0) return { problem: "Give the card a title." };
  for (const [at, card] of cards.entries()) {
    const which = cards.length > 1 ? `Card ${at + 1}` : "The card";
    if (card.title.trim() === "") return { problem: `${which} has no title.` };
    if (!isAddress(card.imageUrl))
      return { problem: `${which}: the picture needs an address that begins with https://.` };
    if (!isAddress(card.url)) return { problem: `${which}: the link needs an address that begins with https://.` };
    const broken = brokenButton(card.buttons);
    if (broken) return { problem: `${which}: ${broken}` };
  }
  return { part: { type: "cards", cards: cards.map(filledCard) } };
}

/** As the customer will see it, however far it is. */
export function filledCard(card: CardDraft): Card {
  const [title, subtitle, imageUrl, url] = [card.title, card.subtitle, card.imageUrl, card.url].map((text) =>
    text.trim(),
  );
  const buttons = filledButtons(card.buttons);
  return {
    title: title ?? "",
    ...(subtitle && { subtitle }),
    ...(imageUrl && { imageUrl }),
    ...(url && { url }),
    ...(buttons.length > 0 && { buttons }),
  };
}

/** A button without an address carries its own title back as the customer's answer. */
export function filledButtons(buttons: ButtonDraft[]): Button[] {
  return buttons
    .map(({ title, url }) => ({ title: title.trim(), url: url.trim() }))
    .filter(({ title }) => title !== "")
    .map(({ title, url }) => (url === "" ? { title, payload: title } : { title, url }));
}

function brokenButton(buttons: ButtonDraft[]): string | null {
  for (const { title, url } of buttons) {
    if (title.trim() === "" && url.trim() !== "") return "A button with an address has no name.";
    if (!isAddress(url)) return `The button “${title.trim()}” needs an address that begins with https://.`;
  }
  return null;
}

function isEmpty({ buttons, ...texts }: CardDraft): boolean {
  return Object.values(texts).every((text) => text.trim() === "") && filledButtons(buttons).length === 0;
}

function isAddress(text: string): boolean {
  return text.trim() === "" || (/^https?:\/\//.test(text.trim()) && URL.canParse(text.trim()));
}
