import { expect, test } from "vitest";
import { messageRow } from "../inbox-rows.fixture";
import { bubblesOf } from "./bubbles";

const part = (id: string, part: number, values = {}) =>
  messageRow({ id, bubbleId: "b0", part, direction: "out", state: "sent", ...values });

test("the parts of one click are one bubble, in their order, also when the customer wrote between them", () => {
  const bubbles = bubblesOf([part("b0", 0), messageRow({ id: "in" }), part("b2", 2), part("b1", 1)]);
  expect(bubbles.map(({ parts }) => parts.map(({ id }) => id))).toEqual([["b0", "b1", "b2"], ["in"]]);
});

test("a bubble is as far as its worst part, and the first failure is the one that is told", () => {
  const failure = { code: "too_large", text: "The video is too large." };
  const [bubble] = bubblesOf([
    part("b0", 0),
    part("b1", 1, { state: "failed", failure }),
    part("b2", 2, { state: "failed", failure: { code: "earlier_part", text: "An earlier part was not sent." } }),
  ]);
  expect(bubble?.worst.failure?.text).toBe("The video is too large.");
  expect(bubblesOf([part("b0", 0), part("b1", 1, { state: "unconfirmed" })])[0]?.worst.state).toBe("unconfirmed");
  expect(bubblesOf([part("b0", 0), part("b1", 1, { state: "queued" })])[0]?.worst.state).toBe("queued");
});

test("a part that was taken back does not speak for the others", () => {
  const [bubble] = bubblesOf([part("b0", 0, { unsent: true, state: "failed" }), part("b1", 1)]);
  expect(bubble?.worst.id).toBe("b1");
});
