import { expect, test } from "vitest";
import { byteLength, splitText } from "./split-text";

const FAMILY = "👨‍👩‍👧‍👦";

test("a text that fits stays whole, and white space alone is nothing", () => {
  expect(splitText(`  ${"a".repeat(1000)} `)).toEqual(["a".repeat(1000)]);
  expect(splitText(" \n ")).toEqual([]);
});

test("complaint 46: a long text is cut between words, each piece within the limit, nothing lost", () => {
  const words = Array.from({ length: 700 }, (_, n) => `wörd${n}`);
  const pieces = splitText(words.join(" "));
  expect(pieces.length).toBeGreaterThan(4);
  for (const piece of pieces) expect(byteLength(piece)).toBeLessThanOrEqual(1000);
  expect(pieces.join(" ").split(" ")).toEqual(words);
});

test("no character is cut, however it is composed", () => {
  const text = `${"x".repeat(990)}${FAMILY.repeat(100)}`;
  const pieces = splitText(text);
  expect(pieces.join("")).toBe(text);
  for (const piece of pieces) {
    expect(byteLength(piece)).toBeLessThanOrEqual(1000);
    expect(piece.replaceAll(FAMILY, "").replace(/^x+/, "")).toBe("");
  }
});

test("scripts without spaces are cut between words too", () => {
  const text = "今日はとても良い天気ですね。".repeat(60);
  const pieces = splitText(text);
  expect(pieces.join("")).toBe(text);
  for (const piece of pieces) expect(byteLength(piece)).toBeLessThanOrEqual(1000);
  const words = new Set(
    Array.from(new Intl.Segmenter(undefined, { granularity: "word" }).segment(text), ({ index }) => index),
  );
  let at = 0;
  for (const piece of pieces.slice(0, -1)) {
    at += piece.length;
    expect(words).toContain(at);
  }
});

test("an address is not torn when it fits one piece", () => {
  const address = `https://shop.example/${"a/b-c?d=".repeat(40)}`;
  expect(splitText(`${"word ".repeat(180)}${address}`)).toEqual([`${"word ".repeat(180)}`.trim(), address]);
});

test("even one endless character ends within the limit", () => {
  const endless = `e${"\u0301".repeat(2000)}`;
  const pieces = splitText(endless);
  expect(pieces.join("")).toBe(endless);
  for (const piece of pieces) expect(byteLength(piece)).toBeLessThanOrEqual(1000);
});
