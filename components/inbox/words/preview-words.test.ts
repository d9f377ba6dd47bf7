import { expect, test } from "vitest";
import type { Preview } from "@/lib/inbox/types";
import { previewWords } from "./preview-words";

test("a row says who wrote, what kind it was, and on one line what was said", () => {
  expect(previewWords({ kind: "text", text: "Two left\n\nPorto", direction: "out", state: "sent" })).toEqual({
    glyph: null,
    text: "You: Two left Porto",
  });
  expect(previewWords({ kind: "story_reply", text: "This blue!!", direction: "in", state: "received" })).toEqual({
    glyph: "reply",
    text: "This blue!!",
  });
  expect(previewWords({ kind: "story_mention", text: null, direction: "in", state: "received" }).text).toBe(
    "Mentioned you in their story",
  );
});

test("a failure is told in words, and an unsent text is not repeated", () => {
  expect(previewWords({ kind: "text", text: "Hello", direction: "out", state: "failed" }).text).toBe("Not sent: Hello");
  expect(previewWords({ kind: "text", text: "Hello", direction: "out", state: "unconfirmed" }).text).toBe(
    "Not confirmed: Hello",
  );
  expect(previewWords({ kind: "unsent", text: "secret", direction: "in", state: "received" })).toEqual({
    glyph: "unsent",
    text: "Unsent a message",
  });
});

test("what is no text has a name of its own", () => {
  const words = (kind: Preview["kind"]) => previewWords({ kind, text: null, direction: "in", state: "received" }).text;
  expect(words("view_once")).toBe("Disappearing photo or video");
  expect(words("unsupported")).toBe("Something Instagram does not share");
  expect(words("file")).toBe("PDF document");
  expect(words("audio")).toBe("Voice message");
  expect(words("like_heart")).toBe("❤️");
  expect(previewWords({ kind: "reaction", text: "😂", direction: "in", state: "received" }).text).toBe("Reacted 😂");
});
