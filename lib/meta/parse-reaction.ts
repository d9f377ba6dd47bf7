import { z } from "zod";
import { customerOf, type ParsedItem, type Place, setAside, textOf } from "./item-place";
import { metaId, storableStart } from "./webhook-values";

const body = z.looseObject({
  mid: metaId,
  action: z.unknown().optional(),
  reaction: z.unknown().optional(),
  emoji: z.unknown().optional(),
});

/** Meta's lists of names differ from page to page; these are all that were seen. */
const EMOJI: Record<string, string> = {
  love: "❤️",
  smile: "😆",
  laugh: "😂",
  wow: "😮",
  sad: "😢",
  angry: "😠",
  like: "👍",
  dislike: "👎",
};

/** Drawn for a reaction of which Instagram tells neither name nor emoji. */
const UNTOLD = "❔";

/** The longest emoji, families with skin tones, have fewer. */
const EMOJI_CHARACTERS = 40;

export function parseReaction(value: unknown, place: Place): ParsedItem {
  const parsed = body.safeParse(value);
  if (!parsed.success) return setAside("A reaction that names no message.");
  const { mid, action, reaction } = parsed.data;
  const given = textOf(parsed.data.emoji);
  const fromBusiness = place.sender === place.accountId;
  return {
    type: "reaction",
    externalId: mid,
    contactExternalId: customerOf(place, fromBusiness),
    by: fromBusiness ? "business" : "customer",
    emoji: action === "unreact" ? null : given ? coloured(given) : (named(reaction) ?? UNTOLD),
    at: place.at,
  };
}

/** What Meta's thread tells of a reaction: a name in one document, the emoji in another. */
export function reactionEmoji(reaction: unknown): string {
  const given = textOf(reaction);
  return named(reaction) ?? (given ? coloured(given) : UNTOLD);
}

function named(reaction: unknown): string | undefined {
  return typeof reaction === "string" && Object.hasOwn(EMOJI, reaction) ? EMOJI[reaction] : undefined;
}

/** The heart comes with and without the mark that makes it an emoji. */
function coloured(emoji: string): string {
  return emoji === "❤" ? "❤️" : storableStart(emoji, EMOJI_CHARACTERS);
}
