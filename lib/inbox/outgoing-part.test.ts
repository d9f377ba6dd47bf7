import { expect, test } from "vitest";
import { isAppError } from "../errors";
import { draftParts, type OutgoingPart } from "./outgoing-part";

/** Instagram's limits, said before anything is sent. */
const LIMITS: [what: string, part: OutgoingPart, words: RegExp][] = [
  ["nothing", { type: "text", text: " \u0000\n" }, /Write something/],
  [
    "fourteen quick replies",
    { type: "text", text: "Size?", quickReplies: Array.from({ length: 14 }, (_, n) => ({ title: `${n}` })) },
    /13 quick replies at most and these are 14/,
  ],
  [
    "a long quick reply",
    { type: "text", text: "Size?", quickReplies: [{ title: "x".repeat(21) }] },
    /A quick reply has 21 characters; Instagram shows 20/,
  ],
  [
    "eleven pictures",
    { type: "media", media: "image", uploadIds: Array.from({ length: 11 }, () => "x") },
    /10 pictures at once and these are 11/,
  ],
  ["two videos", { type: "media", media: "video", uploadIds: ["a", "b"] }, /goes one by one/],
  ["no file", { type: "media", media: "file", uploadIds: [] }, /Attach a file/],
  ["a post by its address", { type: "post", postId: "https://www.instagram.com/p/x/" }, /a long number/],
  ["no button", { type: "buttons", text: "Order?", buttons: [] }, /Add a button/],
  [
    "four buttons",
    {
      type: "buttons",
      text: "Order?",
      buttons: Array.from({ length: 4 }, (_, n) => ({ title: `${n}`, payload: "x" })),
    },
    /3 buttons under a text and these are 4/,
  ],
  [
    "a long button",
    { type: "buttons", text: "Order?", buttons: [{ title: "x".repeat(21), payload: "x" }] },
    /title of a button has 21 characters; Instagram shows 20/,
  ],
  [
    "a button that does nothing",
    { type: "buttons", text: "Order?", buttons: [{ title: "Go" }] },
    /needs either an address .* or a payload/,
  ],
  [
    "a button with an unsafe address",
    { type: "buttons", text: "Order?", buttons: [{ title: "Go", url: "javascript:alert(1)" }] },
    /begins with https/,
  ],
  [
    "a long text above buttons",
    { type: "buttons", text: "x".repeat(641), buttons: [{ title: "Go", payload: "x" }] },
    /641 characters; Instagram shows 640/,
  ],
  [
    "eleven cards",
    { type: "cards", cards: Array.from({ length: 11 }, () => ({ title: "Bowl" })) },
    /10 cards at most and these are 11/,
  ],
  ["a card without a title", { type: "cards", cards: [{ title: " " }] }, /The title of a card is empty/],
  ["a long card", { type: "cards", cards: [{ title: "x".repeat(81) }] }, /81 characters; Instagram shows 80/],
  [
    "a long subtitle",
    { type: "cards", cards: [{ title: "Bowl", subtitle: "x".repeat(81) }] },
    /subtitle of a card has 81/,
  ],
  [
    "a card with four buttons",
    {
      type: "cards",
      cards: [{ title: "Bowl", buttons: Array.from({ length: 4 }, (_, n) => ({ title: `${n}`, payload: "x" })) }],
    },
    /3 buttons on a card and these are 4/,
  ],
];

test.each(LIMITS)("%s is refused in words", (_, part, words) => {
  expect(() => draftParts([part])).toThrow(words);
  try {
    draftParts([part]);
  } catch (error) {
    expect(isAppError(error) && error.code).toBe("invalid");
  }
});

test("what stays at the limits goes", () => {
  const buttons = Array.from({ length: 3 }, () => ({ title: "x".repeat(20), payload: "y".repeat(1000) }));
  const card = { title: "👜".repeat(80), subtitle: "x".repeat(80), buttons };
  expect(draftParts([{ type: "cards", cards: Array.from({ length: 10 }, () => card) }])).toHaveLength(1);
  expect(draftParts([{ type: "buttons", text: "x".repeat(640), buttons }])).toHaveLength(1);
  const quickReplies = Array.from({ length: 13 }, () => ({ title: "x".repeat(20) }));
  expect(draftParts([{ type: "text", text: "Size?", quickReplies }])).toHaveLength(1);
});

test("quick replies of a long text stand under its last piece, and never before another part", () => {
  const part = { type: "text", text: "word ".repeat(300), quickReplies: [{ title: "Yes" }] } as const;
  const drafts = draftParts([{ ...part, quickReplies: [...part.quickReplies] }]);
  expect(drafts.map(({ outgoing }) => outgoing)).toEqual([
    { type: "text" },
    { type: "text", quickReplies: [{ title: "Yes", payload: "Yes" }] },
  ]);
  expect(() => draftParts([{ ...part, quickReplies: [...part.quickReplies] }, { type: "like_heart" }])).toThrow(
    /belong to the last part/,
  );
});

test("a flood is refused as a whole", () => {
  expect(() =>
    draftParts([
      { type: "text", text: "word ".repeat(6000).slice(0, 20_000) },
      { type: "text", text: "word ".repeat(4000) },
    ]),
  ).toThrow(/25 can be sent at once/);
});
