import { expect, test } from "vitest";
import { checkFile } from "./check-file";

const MB = 1024 * 1024;

test.each([
  ["photo.png", "image/png", "image"],
  ["dance.gif", "image/gif", "image"],
  ["film.mov", "video/quicktime", "video"],
  ["voice.wav", "audio/wav", "audio"],
  ["voice.webm", "video/webm;codecs=vp8", "video"],
  ["invoice.pdf", "application/pdf", "file"],
  ["IMG_1.JPG", "", "image"],
])("%s (%s) goes as %s", (name, type, media) => {
  expect(checkFile({ name, type, size: 1000 })).toEqual({ media });
});

test.each([
  ["drawing.svg", "image/svg+xml", /PNG, JPEG or GIF/],
  ["song.mp3", "audio/mpeg", /M4A, AAC, WAV or MP4/],
  ["film.mkv", "video/x-matroska", /MP4, MOV/],
  ["letter.docx", "application/vnd.openxmlformats", /Send a link/],
  ["README", "", /Send a link/],
])("%s is refused with what to do instead", (name, type, words) => {
  expect(checkFile({ name, type, size: 1000 })).toEqual({ problem: expect.stringMatching(words) });
});

test("each kind has Instagram's own limit", () => {
  expect(checkFile({ name: "a.png", type: "image/png", size: 8 * MB })).toEqual({ media: "image" });
  expect(checkFile({ name: "a.png", type: "image/png", size: 9 * MB })).toEqual({
    problem: expect.stringMatching(/^9\.0 MB .* takes 8 MB/),
  });
  expect(checkFile({ name: "a.mp4", type: "video/mp4", size: 9 * MB })).toEqual({ media: "video" });
  expect(checkFile({ name: "a.pdf", type: "application/pdf", size: 0 })).toEqual({ problem: "The file is empty." });
});
