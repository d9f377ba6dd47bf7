import { expect, test } from "vitest";
import { searchRanges, searchTerms } from "@/lib/inbox/search-words";
import { excerpt } from "./excerpt";

const shown = (text: string, question: string) => {
  const { text: line, ranges } = excerpt(text, searchRanges(text, searchTerms(question)));
  return [line, ...ranges.map(([start, end]) => line.slice(start, end))];
};

test("a short text is shown whole, on one line", () => {
  expect(shown("Hello\nblue vase", "vase")).toEqual(["Hello blue vase", "vase"]);
});

test("a long one from a little before the first place, at a word", () => {
  const text = `${"some words ".repeat(30)}a blue vase and more`;
  expect(shown(text, "vase")).toEqual(["…some words a blue vase and more", "vase"]);
});

test("never more than a line, and no place outside it", () => {
  const [line = "", ...places] = shown("vase ".repeat(500), "vase");
  expect(line.length).toBeLessThanOrEqual(161);
  expect(new Set(places)).toEqual(new Set(["vase"]));
});

test("emoji before it stay whole", () => {
  expect(shown(`${"🏺".repeat(60)}vase`, "vase")[0]).toMatch(/^…(🏺)+vase$/u);
});
