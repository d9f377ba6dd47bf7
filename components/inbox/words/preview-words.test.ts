import { expect, test } from "vitest";
import type { Preview } from "@/lib/inbox/types";
import { previewWords as words } from "./preview-words";

const ME = { id: "nora", name: "Nora Keller" };

function previewWords(preview: Pick<Preview, "kind" | "text" | "direction" | "state"> & Partial<Preview>) {
  return words({ pictures: 0, author: preview.direction === "out" ? ME : null, ...preview }, ME.id);
}

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
  const plain = (kind: Preview["kind"]) => previewWords({ kind, text: null, direction: "in", state: "received" }).text;
  expect(plain("view_once")).toBe("Disappearing photo or video");
  expect(plain("unsupported")).toBe("Something Instagram does not share");
  expect(plain("file")).toBe("PDF document");
  expect(plain("audio")).toBe("Voice message");
  expect(plain("like_heart")).toBe("❤️");
  expect(previewWords({ kind: "reaction", text: "😂", direction: "in", state: "received" }).text).toBe("Reacted 😂");
});

test("only the reader is You: a colleague has a name, and what was written in Instagram says so", () => {
  const said = (values: Partial<Preview>) =>
    previewWords({ kind: "text", text: "Two left", direction: "out", state: "sent", ...values }).text;
  expect(said({})).toBe("You: Two left");
  expect(said({ author: { id: "tomas", name: "Tomás Reis" } })).toBe("Tomás: Two left");
  expect(said({ author: { id: "gone", name: "A former colleague" } })).toBe("A former colleague: Two left");
  expect(said({ author: null })).toBe("Instagram app: Two left");
  expect(said({ author: null, kind: "unsent", text: null })).toBe("Instagram app: Unsent message");
});

test("several pictures are counted", () => {
  const pictures = { kind: "image", text: null, direction: "in", state: "received" } as const;
  expect(previewWords({ ...pictures, pictures: 4 }).text).toBe("4 photos");
  expect(previewWords({ ...pictures, pictures: 1 }).text).toBe("Photo");
});
