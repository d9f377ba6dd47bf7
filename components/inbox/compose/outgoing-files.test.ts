import { expect, test } from "vitest";
import { type OutgoingFile, replyParts } from "./outgoing-files";

const file = (uploadId: string, media: OutgoingFile["media"]): OutgoingFile => ({
  uploadId,
  media,
  name: uploadId,
  bytes: 1,
});

test("pictures go in one message, everything else each in its own, the words last", () => {
  const files = [file("p1", "image"), file("v", "video"), file("p2", "image"), file("f", "file")];
  expect(replyParts("  Here you are \n", files)).toEqual([
    { type: "media", media: "image", uploadIds: ["p1", "p2"] },
    { type: "media", media: "video", uploadIds: ["v"] },
    { type: "media", media: "file", uploadIds: ["f"] },
    { type: "text", text: "Here you are" },
  ]);
});

test("files need no words, and words no files", () => {
  expect(replyParts(" ", [file("a", "audio")])).toEqual([{ type: "media", media: "audio", uploadIds: ["a"] }]);
  expect(replyParts("Hello", [])).toEqual([{ type: "text", text: "Hello" }]);
});

test("quick replies hang on the words", () => {
  expect(replyParts("Which one?", [file("p", "image")], ["Red", "Blue"]).at(-1)).toEqual({
    type: "text",
    text: "Which one?",
    quickReplies: [{ title: "Red" }, { title: "Blue" }],
  });
});
