import { expect, test } from "vitest";
import { replySize } from "./reply-size";

test("the limit counts bytes of UTF-8: an emoji takes four, surrounding space none", () => {
  expect(replySize("a".repeat(1000))).toEqual({ parts: 1, over: false, words: "0 left" });
  expect(replySize(`  ${"a".repeat(1000)}\n`).parts).toBe(1);
  expect(replySize("💙".repeat(250)).parts).toBe(1);
  expect(replySize("💙".repeat(251)).parts).toBe(2);
});

test("nothing is said while there is plenty of room", () => {
  expect(replySize("Hello").words).toBeNull();
});

test("complaint 46: a longer text is not refused: it goes out in parts, as many as the words need", () => {
  expect(replySize("word ".repeat(201))).toEqual({ parts: 2, over: false, words: "Goes out in 2 parts" });
  // Three words of 600 bytes fill three parts, though two would hold their bytes.
  expect(replySize(["a", "b", "c"].map((letter) => letter.repeat(600)).join(" ")).parts).toBe(3);
});

test("more than 25 parts are too many at once", () => {
  expect(replySize("a".repeat(25_000)).over).toBe(false);
  expect(replySize("a".repeat(25_001))).toMatchObject({
    over: true,
    words: expect.stringMatching(/^This would be 26/),
  });
});
