import { expect, test } from "vitest";
import { TypingSignal } from "./typing-signal";

test("a minute of writing is told every eight seconds, each conversation for itself", () => {
  let now = 0;
  const told: string[] = [];
  const typing = new TypingSignal(
    async (id) => void told.push(`${id} ${now}`),
    () => now,
  );
  for (; now < 20_000; now += 100) typing.note("a");
  typing.note("b");
  expect(told).toEqual(["a 0", "a 8000", "a 16000", "b 20000"]);
});

test("after a lost one the next key tells again", async () => {
  let posts = 0;
  const typing = new TypingSignal(
    async () => {
      posts += 1;
      throw new Error("lost");
    },
    () => 0,
  );
  typing.note("a");
  await new Promise((resolve) => setImmediate(resolve));
  typing.note("a");
  expect(posts).toBe(2);
});
