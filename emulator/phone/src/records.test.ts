import { expect, it } from "vitest";
import { kindsOf } from "./records";

const attempt = { n: 1, at: 0, attempt: 1, status: 200, error: null, ms: 3, items: 2 };

function delivery(...items: object[]): string {
  return JSON.stringify({ object: "instagram", entry: items.map((item) => ({ id: "1", time: 1, messaging: [item] })) });
}

it.each([
  [[{ message: { mid: "m", text: "Hi" } }], "message"],
  [[{ message: { mid: "m", is_echo: true } }], "echo"],
  [[{ message: { mid: "m", is_deleted: true } }], "unsend"],
  [[{ read: { mid: "m" } }, { message: { mid: "m" } }, { message: { mid: "n" } }], "seen, message"],
  [[{ something_new: {} }], "event"],
])("names what a delivery carried: %j", (items, words) => {
  expect(kindsOf({ ...attempt, body: delivery(...items) })).toBe(words);
});

it("counts the events when the body is not at hand or not readable", () => {
  expect(kindsOf(attempt)).toBe("2 events");
  expect(kindsOf({ ...attempt, items: 1, body: "{not json" })).toBe("1 event");
});
