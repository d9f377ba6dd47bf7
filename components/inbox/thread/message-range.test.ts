import { expect, test } from "vitest";
import { extendBack, extendForward, NEWEST, rangeOf } from "./message-range";

const thousand = Array.from({ length: 1000 }, (_, index) => index);

test("a conversation opens with its newest messages", () => {
  expect(rangeOf(thousand, NEWEST)).toEqual(thousand.slice(-50));
  expect(rangeOf([1, 2, 3], NEWEST)).toEqual([1, 2, 3]);
});

test("going back through a thousand messages never holds more than 300, and the way forward ends at the newest", () => {
  let range = NEWEST;
  for (let step = 0; step < 40; step += 1) {
    range = extendBack(range, thousand.length);
    expect(rangeOf(thousand, range).length).toBeLessThanOrEqual(300);
  }
  expect(rangeOf(thousand, range)[0]).toBe(0);
  expect(extendBack(range, thousand.length)).toBe(range);
  for (let step = 0; step < 40; step += 1) range = extendForward(range);
  expect(rangeOf(thousand, range).at(-1)).toBe(999);
});
