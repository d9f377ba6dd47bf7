import { expect, test } from "vitest";
import { pictureSize } from "./picture-size";
import { sniffMedia } from "./sniff-media";

const bytes = (text: string) => Buffer.from(text.padEnd(64, "\0"), "latin1");
const png = bytes("\x89PNG\r\n\x1a\n");

const KNOWN: [name: string, head: Buffer, declared: string, media: string, contentType: string][] = [
  ["PNG", png, "image/png", "image", "image/png"],
  ["JPEG", bytes("\xff\xd8\xff\xe0"), "image/jpeg", "image", "image/jpeg"],
  ["JPEG called jpg", bytes("\xff\xd8\xff\xe0"), "image/jpg", "image", "image/jpeg"],
  ["GIF", bytes("GIF89a"), "image/gif", "image", "image/gif"],
  ["PDF", bytes("%PDF-1.7"), "application/pdf", "file", "application/pdf"],
  ["WAV", bytes("RIFF\0\0\0\0WAVEfmt "), "audio/wav", "audio", "audio/wav"],
  ["M4A", bytes("\0\0\0\x20ftypM4A "), "audio/x-m4a", "audio", "audio/mp4"],
  ["sound in MP4", bytes("\0\0\0\x20ftypisom"), "audio/mp4", "audio", "audio/mp4"],
  ["AAC", bytes("\xff\xf1\x50\x80"), "audio/aac", "audio", "audio/aac"],
  ["MP4", bytes("\0\0\0\x20ftypisom"), "video/mp4", "video", "video/mp4"],
  ["MOV", bytes("\0\0\0\x14ftypqt  "), "video/quicktime", "video", "video/quicktime"],
  ["old MOV", bytes("\0\0\0\x14moov"), "video/quicktime", "video", "video/quicktime"],
  ["AVI", bytes("RIFF\0\0\0\0AVI LIST"), "video/avi", "video", "video/x-msvideo"],
  ["OGG", bytes("OggS"), "video/ogg", "video", "video/ogg"],
  ["WebM", bytes("\x1a\x45\xdf\xa3"), "video/webm", "video", "video/webm"],
  ["a file of unknown type", png, "application/octet-stream", "image", "image/png"],
];

test.each(KNOWN)("%s is known by its first bytes", (_, head, declared, media, contentType) => {
  expect(sniffMedia(head, declared)).toEqual({ media, contentType });
});

const REFUSED: [name: string, head: Buffer, declared: string, words: RegExp][] = [
  ["complaint 45: a voice note in Ogg", bytes("OggS"), "audio/ogg", /no Ogg voice messages.*M4A, AAC, WAV or MP4/],
  ["a voice note in WebM", bytes("\x1a\x45\xdf\xa3"), "audio/webm;codecs=opus", /no WebM voice messages/],
  ["MP3", bytes("ID3\x04"), "audio/mpeg", /no MP3/],
  ["WebP", bytes("RIFF\0\0\0\0WEBPVP8 "), "image/webp", /PNG, JPEG or GIF/],
  ["HEIC", bytes("\0\0\0\x18ftypheic"), "image/heic", /Save this one as JPEG/],
  ["SVG", bytes('<svg xmlns="http://www.w3.org/2000/svg">'), "image/svg+xml", /no SVG/],
  ["SVG that calls itself a PNG", bytes("<?xml version='1.0'?><svg>"), "image/png", /no SVG/],
  ["HTML that calls itself a PNG", bytes("<html>"), "image/png", /none of them/],
  ["a program", bytes("MZ"), "application/octet-stream", /none of them/],
  [
    "a PDF that calls itself a picture",
    bytes("%PDF-1.7"),
    "image/png",
    /calls itself image\/png, but it is application\/pdf/,
  ],
  ["a picture that calls itself a PDF", png, "application/pdf", /calls itself application\/pdf/],
  ["nothing", Buffer.alloc(0), "image/png", /none of them/],
];

test.each(REFUSED)("%s is refused in words", (_, head, declared, words) => {
  expect(sniffMedia(head, declared)).toEqual({ refused: expect.stringMatching(words) });
});

test("a picture's size is read from its header, through previews and profiles before it", () => {
  const ihdr = Buffer.alloc(24);
  ihdr.write("IHDR", 12, "latin1");
  ihdr.writeUInt32BE(640, 16);
  ihdr.writeUInt32BE(480, 20);
  expect(pictureSize(ihdr, "image/png")).toEqual({ width: 640, height: 480 });
  expect(pictureSize(Buffer.from("GIF89a\x80\x02\xe0\x01", "latin1"), "image/gif")).toEqual({
    width: 640,
    height: 480,
  });
  const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0x40, 0x02]), Buffer.alloc(0x4000)]);
  const frame = Buffer.from([0xff, 0xc2, 0x00, 0x11, 0x08, 0x01, 0xe0, 0x02, 0x80, 0x03, 0x01]);
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8]), exif, frame]);
  expect(pictureSize(jpeg, "image/jpeg")).toEqual({ width: 640, height: 480 });
  expect(pictureSize(jpeg.subarray(0, 1000), "image/jpeg")).toBe("more");
  expect(pictureSize(Buffer.from([0xff, 0xd8, 0xff, 0xd9, 0, 0, 0, 0, 0, 0, 0, 0]), "image/jpeg")).toBeNull();
});
