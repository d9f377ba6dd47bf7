import { expect, test } from "vitest";
import { messageRow } from "../inbox-rows.fixture";
import { bubblesOf } from "./bubbles";
import { messageFlow } from "./message-flow";
import { placeStrays } from "./stray-reactions";

const flow = messageFlow(bubblesOf([messageRow({ id: "a", sentAt: 1_000 }), messageRow({ id: "b", sentAt: 3_000 })]), {
  now: 10_000,
  zone: "UTC",
  memberId: "nora",
});
const at = (...times: number[]) => times.map((time) => ({ emoji: "❤️", at: time }));

test("reactions to what is not here stand where they came in", () => {
  const { before, last } = placeStrays(at(500, 2_000, 4_000), flow, { older: null, newer: false });
  expect([...before].map(([id, reactions]) => [id, reactions.map((one) => one.at)])).toEqual([
    ["a", [500]],
    ["b", [2_000]],
  ]);
  expect(last).toEqual(at(4_000));
});

test("those of a stretch that is not loaded wait for it, and in an empty conversation one stands alone", () => {
  const middle = placeStrays(at(500, 4_000), flow, { older: "x", newer: true });
  expect([middle.before.size, middle.last]).toEqual([0, []]);
  expect(placeStrays(at(500), [], { older: null, newer: false }).last).toEqual(at(500));
});
