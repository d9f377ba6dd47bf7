import { expect, test } from "vitest";
import { replySize } from "./reply-size";

test("the limit counts bytes of UTF-8: an emoji takes four, surrounding space none", () => {
  expect(replySize("a".repeat(1000))).toMatchObject({ bytes: 1000, over: false, words: "0 left" });
  expect(replySize(`  ${"a".repeat(1000)}\n`).over).toBe(false);
  expect(replySize("💙".repeat(250))).toMatchObject({ bytes: 1000, over: false });
  expect(replySize("💙".repeat(251))).toMatchObject({ bytes: 1004, over: true });
  expect(replySize("💙".repeat(251)).words).toMatch(/^4 too many/);
});

test("nothing is said while there is plenty of room", () => {
  expect(replySize("Hello").words).toBeNull();
});
