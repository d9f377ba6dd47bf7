import { z } from "zod";
import type { IncomingMessage } from "../inbox/receive-messages";
import { textOf } from "./item-place";
import { httpUrl, storable } from "./webhook-values";

type Details = NonNullable<IncomingMessage["details"]>;
type Card = NonNullable<Details["cards"]>[number];
type Button = NonNullable<Details["buttons"]>[number];

/** What the echo of a template shows. */
export type Template = { text: string | null; cards: Card[]; buttons: Button[] };

/** Meta takes ten cards and three buttons each; an echo that holds more is not shown further. */
const MOST = 30;

const list = z.array(z.looseObject({})).catch([]);
const elements = z.looseObject({ elements: list }).catch({ elements: [] });
const template = z.looseObject({
  generic: elements.optional(),
  product: elements.optional(),
  button: z.looseObject({ text: z.unknown().optional(), buttons: list }).optional().catch(undefined),
  elements: list.optional(),
  text: z.unknown().optional(),
  buttons: list.optional(),
});

/** @returns null when nothing of it can be shown */
export function parseTemplate(payload: unknown): Template | null {
  const parsed = template.safeParse(payload);
  if (!parsed.success) return null;
  const { generic, product, button, ...own } = parsed.data;
  const cards = [...(generic?.elements ?? []), ...(product?.elements ?? []), ...(own.elements ?? [])]
    .slice(0, MOST)
    .map(toCard);
  const text = textOf(button?.text ?? own.text);
  const buttons = toButtons(button?.buttons ?? own.buttons);
  return cards.length > 0 || text !== null || buttons.length > 0 ? { text, cards, buttons } : null;
}

function toCard(element: Record<string, unknown>): Card {
  const subtitle = textOf(element.subtitle);
  const imageUrl = httpUrl(element.image_url);
  const action = element.default_action;
  const url = typeof action === "object" && action !== null && "url" in action ? httpUrl(action.url) : undefined;
  const buttons = toButtons(element.buttons);
  return {
    title: textOf(element.title) ?? textOf(element.name) ?? "",
    ...(subtitle ? { subtitle } : {}),
    ...(imageUrl ? { imageUrl } : {}),
    ...(url ? { url } : {}),
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

function toButtons(value: unknown): Button[] {
  return list
    .parse(value)
    .slice(0, MOST)
    .map((button) => {
      const url = httpUrl(button.url);
      return {
        title: textOf(button.title) ?? "",
        ...(url ? { url } : {}),
        ...(typeof button.payload === "string" ? { payload: storable(button.payload) } : {}),
      };
    });
}
