/** The longest beginning of a text that can be found; characters. Instagram's own texts are far shorter. */
const MOST_TEXT = 20_000;
/** Of a longer word only so much counts; characters. */
const MOST_WORD = 40;

/** Marks that people leave out when they search: accents, vowel points of Arabic and Hebrew, the look of an emoji. */
const MARKS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: ranges of marks, each meant alone
  /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]|\u0640|\u200c|\u200d|\p{Emoji_Modifier}/gu;
/** Letters that are no letter with an accent for Unicode, but are written as one. */
const WRITTEN: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i", ς: "σ", ħ: "h" };
const WRITTEN_LETTER = /[ßæœøđłıςħ]/g;

/** Scripts without spaces between words. */
const UNSPACED =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const EMOJI = "\\p{Extended_Pictographic}|\\p{Regional_Indicator}{2}";
const RUNS = new RegExp(`([${UNSPACED}ー]+)|((?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+|${EMOJI}`, "gu");
const UNSPACED_START = new RegExp(`^[${UNSPACED}ー]`, "u");

/** As it is compared: small letters without accents. */
function fold(text: string): string {
  // Most texts are plain: for those all that follows would change nothing.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(MARKS, "")
    .replace(WRITTEN_LETTER, (letter) => WRITTEN[letter] ?? letter)
    .normalize("NFC");
}

/**
 * The distinct words of texts, each after a space, in the form in which they are looked for: `" how much is"`. What is
 * written without spaces is cut into overlapping pairs. Empty when there is nothing to look for.
 */
export function searchWords(...texts: (string | null | undefined)[]): string {
  const words = new Set<string>();
  for (const text of texts) {
    if (!text) continue;
    for (const { word, pairs } of runsOf(fold(text.slice(0, MOST_TEXT))))
      for (const part of pairs ?? [word]) words.add(part);
  }
  return [...words].map((word) => ` ${word}`).join("");
}

/** Most words of a question that count. */
const MOST_TERMS = 12;

/** One word of a question: its beginning is looked for, or anywhere where words are not parted. */
export type SearchTerm = {
  word: string;
  /** As they stand among the words of `searchWords`; all of them must. */
  parts: string[];
};

/** What somebody looks for; all of it must be found. Empty when there is nothing to look for. */
export function searchTerms(question: string): SearchTerm[] {
  const terms = new Map<string, SearchTerm>();
  for (const { word, pairs } of runsOf(fold(question.slice(0, MOST_TEXT)))) {
    // The last character alone is the end of its pair.
    const parts = pairs && pairs.length > 1 ? pairs.slice(0, -1) : [word];
    if (terms.size < MOST_TERMS) terms.set(word, { word, parts: parts.slice(0, MOST_TERMS) });
  }
  return [...terms.values()];
}

/** Where in a text a term was found, as `[start, end)` of its UTF-16 units. */
export type SearchRange = [start: number, end: number];

/** Every place in a text where one of the terms is found, in order and without overlaps. */
export function searchRanges(text: string, terms: SearchTerm[]): SearchRange[] {
  if (terms.length === 0 || text === "") return [];
  const { folded, places } = foldInPlace(text.slice(0, MOST_TEXT));
  const found: SearchRange[] = [];
  for (const { index, word, pairs } of runsOf(folded)) {
    for (const term of terms) {
      for (let at = word.indexOf(term.word); at >= 0; at = pairs ? word.indexOf(term.word, at + 1) : -1) {
        if (at > 0 && !pairs) break;
        found.push([places[index + at] ?? 0, places[index + at + term.word.length] ?? text.length]);
      }
    }
  }
  return withoutOverlaps(found);
}

function withoutOverlaps(found: SearchRange[]): SearchRange[] {
  const ranges: SearchRange[] = [];
  for (const [start, end] of found.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = ranges.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
}

/** Whether all of the terms are found, each in any of the texts. */
export function holdsTerms(texts: string[], terms: SearchTerm[]): boolean {
  const runs = texts.flatMap((text) => [...runsOf(fold(text.slice(0, MOST_TEXT)))]);
  return terms.every((term) =>
    runs.some(({ word, pairs }) => (pairs ? word.includes(term.word) : word.startsWith(term.word))),
  );
}

/** What folds together: a letter with its marks, parts of a Korean syllable. */
const UNITS = /[\u1100-\u11ff]+|\P{M}[\p{M}\uff9e\uff9f]*|\p{M}+/gu;

/** @returns `places`: where in the text each UTF-16 unit of `folded` comes from, and the text's end */
function foldInPlace(text: string): { folded: string; places: number[] } {
  let folded = "";
  const places: number[] = [];
  for (const { 0: unit, index } of text.matchAll(UNITS)) {
    const part = fold(unit);
    for (let at = 0; at < part.length; at += 1) places.push(index);
    folded += part;
  }
  places.push(text.length);
  return { folded, places };
}

type Run = { index: number; word: string; pairs: string[] | null };

function* runsOf(folded: string): Generator<Run> {
  for (const { 0: run, index } of folded.matchAll(RUNS)) {
    if (!UNSPACED_START.test(run)) {
      yield { index, word: run.length <= MOST_WORD ? run : [...run].slice(0, MOST_WORD).join(""), pairs: null };
      continue;
    }
    const characters = [...run];
    yield { index, word: run, pairs: characters.map((character, at) => character + (characters[at + 1] ?? "")) };
  }
}
