export type PictureSize = { width: number; height: number };

/** Unpacked, a picture larger than this would fill the memory of whoever opens it. */
export const LARGEST_PICTURE_PIXELS = 50_000_000;

/**
 * The size that a picture's header claims, without unpacking it. @returns "more" when the header goes on after these
 * bytes, null when it is broken
 */
export function pictureSize(head: Buffer, contentType: string): PictureSize | "more" | null {
  if (contentType === "image/png") return pngSize(head);
  if (contentType === "image/gif") return gifSize(head);
  return jpegSize(head);
}

function pngSize(head: Buffer): PictureSize | "more" | null {
  if (head.length < 24) return "more";
  if (head.toString("latin1", 12, 16) !== "IHDR") return null;
  return sizeOf(head.readUInt32BE(16), head.readUInt32BE(20));
}

function gifSize(head: Buffer): PictureSize | "more" | null {
  return head.length < 10 ? "more" : sizeOf(head.readUInt16LE(6), head.readUInt16LE(8));
}

/** Segments, each with its length, until the one that starts the frame. */
function jpegSize(head: Buffer): PictureSize | "more" | null {
  let at = 2;
  for (;;) {
    if (at + 9 > head.length) return "more";
    if (head[at] !== 0xff) return null;
    const marker = head.readUInt8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (isFrame(marker)) return sizeOf(head.readUInt16BE(at + 7), head.readUInt16BE(at + 5));
    else if (marker === 0xd9 || marker === 0xda) return null;
    else at += 2 + Math.max(2, head.readUInt16BE(at + 2));
  }
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function sizeOf(width: number, height: number): PictureSize | null {
  return width > 0 && height > 0 ? { width, height } : null;
}
