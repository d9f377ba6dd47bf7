import { expect, test } from "vitest";
import { holdsTerms, searchRanges, searchTerms, searchWords } from "./search-words";

const found = (text: string, question: string) =>
  searchRanges(text, searchTerms(question)).map(([start, end]) => text.slice(start, end));
/** As the database compares: every part is the beginning of a word. */
const matches = (text: string, question: string) =>
  searchTerms(question).every(({ parts }) => parts.every((part) => searchWords(text).includes(` ${part}`)));

test.each([
  ["Is the blue vase still there?", "vas", ["vas"]],
  ["Is the blue vase still there?", "BLUE vase", ["blue", "vase"]],
  ["Café au lait, CAFE noir", "café", ["Café", "CAFE"]],
  ["Cafe\u0301 au lait", "cafe", ["Cafe\u0301"]],
  ["Straße und Größe", "strasse grosse", ["Straße", "Größe"]],
  ["İstanbul ve ısı", "istanbul isi", ["İstanbul", "ısı"]],
  ["Ёлка и чай", "елка", ["Ёлка"]],
  ["Сколько стоит ваза?", "ВАЗ", ["ваз"]],
  ["كَمْ سِعْر المزهرية؟", "سعر", ["سِعْر"]],
  ["この花瓶はいくらですか", "いくら", ["いくら"]],
  ["この花瓶はいくらですか", "瓶", ["瓶"]],
  ["이 꽃병 얼마예요", "얼마", ["얼마"]],
  ["ｶﾞﾗｽの花瓶", "ガラス", ["ｶﾞﾗｽ"]],
  ["ราคาเท่าไหร่", "เท่า", ["เท่า"]],
  ["Love it ❤️ and 👍🏽!", "❤", ["❤️"]],
  ["Love it ❤️ and 👍🏽!", "👍", ["👍🏽"]],
  ["We ship to 🇵🇹", "🇵🇹", ["🇵🇹"]],
  ["Ask @ana.lima_99 please", "@ana.lima", ["ana", "lima"]],
  ["Order A-1042 is late", "1042", ["1042"]],
  ["I don't know", "don't", ["don", "t"]],
])("in “%s” one finds “%s”", (text, question, places) => {
  expect(found(text, question)).toEqual(places);
  expect(matches(text, question)).toBe(true);
});

test.each([
  ["Is the blue vase still there?", "ase"],
  ["Is the blue vase still there?", "vase red"],
  ["この花瓶はいくらですか", "くらい"],
])("in “%s” one does not find “%s”", (text, question) => {
  expect(holdsTerms([text], searchTerms(question))).toBe(false);
});

test("pairs of letters may all be there without the word; the text itself tells", () => {
  expect(matches("いく くら", "いくら")).toBe(true);
  expect(holdsTerms(["いく くら"], searchTerms("いくら"))).toBe(false);
});

test.each(["", "   ", "%", "_", "\\", "\0", "''", "' & !:* |", "\ud800", "\u200d\ufe0f"])(
  "nothing can be looked for in %j",
  (question) => expect(searchTerms(question)).toEqual([]),
);

test("words hold nothing that means something to the database, however hostile the text", () => {
  const words = searchWords("100% off_now \\ 'quoted':* & | ! <-> \0 \ud800 \u202e <b>bold</b> a:b");
  expect(words).toMatch(/^( [\p{L}\p{N}]+)+$/u);
  expect(words).toBe(" 100 off now quoted b bold a");
});

test("a text without end costs a bounded effort", () => {
  expect(searchWords("x".repeat(1_000_000)).length).toBeLessThan(50);
  expect(searchTerms("a b c d e f g h i j k l m n o p q r s".repeat(1000)).length).toBeLessThanOrEqual(12);
  expect(searchWords("花瓶".repeat(100_000))).toBe(" 花瓶 瓶花 瓶");
});
