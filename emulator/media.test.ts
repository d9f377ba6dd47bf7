import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { builtIn } from "./media/built-in";
import { sniff } from "./media/sniff";

test.each([
  ["clip", "video/mp4"],
  ["tone", "audio/wav"],
  ["gif", "image/gif"],
  ["sticker", "image/gif"],
  ["pdf", "application/pdf"],
  ["picture:vase", "image/png"],
])("the built-in %s is what it says it is", (name, contentType) => {
  expect(sniff(builtIn(name))).toBe(contentType);
  expect(builtIn(name)).toBe(builtIn(name));
});

test.each([
  ["ffd8ffe0", "image/jpeg"],
  ["fff15080", "audio/aac"],
  ["1a45dfa3", "video/webm"],
  [Buffer.from("OggS").toString("hex"), "video/ogg"],
  [Buffer.from("\0\0\0\x20ftypM4A ", "latin1").toString("hex"), "audio/mp4"],
  [Buffer.from("\0\0\0\x14ftypqt  ", "latin1").toString("hex"), "video/quicktime"],
  [Buffer.from("RIFF\0\0\0\0AVI LIST", "latin1").toString("hex"), "video/x-msvideo"],
  [Buffer.from("<svg xmlns").toString("hex"), null],
  [Buffer.from("MZ").toString("hex"), null],
  ["", null],
])("bytes %s are %s", (hex, contentType) => {
  expect(sniff(Buffer.from(hex, "hex"))).toBe(contentType);
});

test("the clip's table leads to its frames, and no frame holds the sign of another's start", () => {
  const clip = builtIn("clip");
  const first = clip.readUInt32BE(clip.indexOf("stco") + 12);
  const sizesAt = clip.indexOf("stsz") + 12;
  const count = clip.readUInt32BE(sizesAt);
  let at = first;
  for (let n = 0; n < count; n++) {
    const size = clip.readUInt32BE(sizesAt + 4 + n * 4);
    expect(clip.readUInt32BE(at)).toBe(size - 4);
    expect((clip[at + 4] ?? 0) & 0x1f).toBe(n === 0 ? 5 : 1);
    const unit = clip.subarray(at + 4, at + size);
    expect(unit.includes(Buffer.from([0, 0, 1]))).toBe(false);
    at += size;
  }
  expect(at).toBe(clip.length);
});

test("the PDF's table of objects names where each stands", () => {
  const text = builtIn("pdf").toString("latin1");
  const table = Number(/startxref\n(\d+)/.exec(text)?.[1]);
  expect(text.slice(table, table + 4)).toBe("xref");
  const places = [...text.slice(table).matchAll(/^(\d{10}) 00000 n/gm)].map((match) => Number(match[1]));
  places.forEach((place, at) => {
    expect(text.slice(place).startsWith(`${at + 1} 0 obj`)).toBe(true);
  });
});

test("a picture unpacks to its rows", () => {
  const png = builtIn("picture:sea");
  const at = png.indexOf("IDAT");
  const data = png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
  expect(inflateSync(data)).toHaveLength(600 * (1 + 480 * 3));
});
