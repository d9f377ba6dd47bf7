import type { SearchRange } from "@/lib/inbox/search-words";

/** Characters before the first place that are still shown. */
const BEFORE = 24;
/** Characters shown at most. */
const MOST = 160;

/** One line around the first place where something was found. */
export function excerpt(text: string, ranges: SearchRange[]): { text: string; ranges: SearchRange[] } {
  const first = ranges[0]?.[0] ?? 0;
  const start = first <= BEFORE ? 0 : startOfWord(text, first - BEFORE);
  const lead = start > 0 ? "…" : "";
  // Line breaks become spaces one by one, so that the places stay where they are.
  const shown = lead + text.slice(start, start + MOST).replace(/\s/g, " ");
  const shift = lead.length - start;
  return {
    text: shown,
    ranges: ranges
      .map(([from, to]): SearchRange => [from + shift, Math.min(to + shift, shown.length)])
      .filter(([from, to]) => from < to),
  };
}

function startOfWord(text: string, from: number): number {
  const space = text.slice(from, from + BEFORE).search(/\s/);
  if (space >= 0) return from + space + 1;
  // Never between the two halves of one character.
  return /[\udc00-\udfff]/.test(text.charAt(from)) ? from + 1 : from;
}
