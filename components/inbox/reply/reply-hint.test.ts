import { expect, test } from "vitest";
import type { AttachedFile } from "../compose/compositions";
import type { FileState } from "../compose/upload-queue";
import { replyHint } from "./reply-hint";

const file = (state: FileState): AttachedFile => ({
  key: "k",
  name: "a.png",
  bytes: 1,
  media: "image",
  previewUrl: null,
  state,
});
const hint = (text: string, files: AttachedFile[], online: boolean) =>
  replyHint(text, { files, quickReplies: [] }, online);
const ready = file({ is: "ready", uploadId: "u" });

test("Send waits for files on their way, and needs words or a file", () => {
  expect(hint("", [], true)).toMatchObject({ stops: true, words: null });
  expect(hint("", [ready], true)).toMatchObject({ stops: false });
  expect(hint("Hi", [ready, file({ is: "uploading", share: 0.5 })], true)).toMatchObject({
    stops: true,
    words: "A file is on the way up",
  });
});

test("a file that cannot go and a lost network are said first", () => {
  const broken = file({ is: "failed", words: "Damaged.", again: false });
  expect(hint("Hi", [broken], true)).toMatchObject({
    stops: true,
    tone: "bad",
    words: expect.stringMatching(/Remove it/),
  });
  expect(hint("Hi", [broken], false).words).toMatch(/offline/);
});

test("quick replies wait for words", () => {
  expect(replyHint("", { files: [ready], quickReplies: ["Red"] }, true)).toMatchObject({
    stops: true,
    words: expect.stringMatching(/need words/),
  });
  expect(replyHint("Which?", { files: [], quickReplies: ["Red"] }, true).stops).toBe(false);
});
