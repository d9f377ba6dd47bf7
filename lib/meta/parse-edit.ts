import { z } from "zod";
import { WITHHELD } from "../inbox/receive-messages";
import { customerOf, type ParsedItem, type Place, setAside, shown, textOf } from "./item-place";
import { midOf } from "./parse-message";
import { metaId } from "./webhook-values";

const body = z.looseObject({ mid: metaId, text: z.string().nullish(), num_edit: z.unknown().optional() });

/** Meta stops at five. */
const MOST_EDITS = 1000;

/**
 * An edit with its number. Number 0 is what an app gets instead of a message whose content it may not read: it
 * shows that somebody wrote, and never blanks a text that is known.
 */
export function parseEdit(value: unknown, place: Place): ParsedItem {
  const parsed = body.safeParse(value);
  if (!parsed.success) return setAside("An edit that names no message, or whose text cannot be read.", midOf(value));
  const text = textOf(parsed.data.text);
  const told = Number(parsed.data.num_edit ?? 1);
  const number = Number.isInteger(told) && told >= 0 && told <= MOST_EDITS ? told : 1;
  if (number === 0) return { ...withheld(parsed.data.mid, text, place), withheld: true };
  if (text === null) return setAside("An edit without its text.", parsed.data.mid);
  const contactExternalId = customerOf(place, place.sender === place.accountId);
  return { type: "edit", externalId: parsed.data.mid, contactExternalId, number, text, at: place.at };
}

function withheld(externalId: string, text: string | null, place: Place) {
  return shown(place, {
    externalId,
    kind: text === null ? "unsupported" : "text",
    text,
    attachments: text === null ? [{ type: WITHHELD }] : null,
    keepRaw: text === null ? place.raw : null,
  });
}
