import { expect, test } from "vitest";
import type { AttachedFile, FileState } from "../compose/compositions";
import { replyHint } from "./reply-hint";

const file = (state: FileState): AttachedFile => ({
  key: "k",
  name: "a.png",
  bytes: 1,
  media: "image",
  previewUrl: null,
  state,
});
const ready = file({ is: "ready", uploadId: "u" });

test("Send waits for files on their way, and needs words or a file", () => {
  expect(replyHint("", [], true)).toMatchObject({ stops: true, words: null });
  expect(replyHint("", [ready], true)).toMatchObject({ stops: false });
  expect(replyHint("Hi", [ready, file({ is: "uploading", share: 0.5 })], true)).toMatchObject({
    stops: true,
    words: "A file is on the way up",
  });
});

test("a file that cannot go and a lost network are said first", () => {
  const broken = file({ is: "failed", words: "Damaged.", again: false });
  expect(replyHint("Hi", [broken], true)).toMatchObject({
    stops: true,
    tone: "bad",
    words: expect.stringMatching(/Remove it/),
  });
  expect(replyHint("Hi", [broken], false).words).toMatch(/offline/);
});
