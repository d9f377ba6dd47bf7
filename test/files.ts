import { crc32, deflateSync } from "node:zlib";

/** Files as a browser would send them: true beginnings, as large as asked for. */
export type TestFile = { name: string; type: string; bytes: Buffer };

/** A picture of one colour; its header may claim any size. */
export function png(width = 4, height = 4, name = "bowl.png"): TestFile {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  const rows = deflateSync(Buffer.alloc(5 * 4));
  const bytes = Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return { name, type: "image/png", bytes };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** One dot that moves no further. */
export function gif(): TestFile {
  const bytes = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
  return { name: "sun.gif", type: "image/gif", bytes };
}

export function mp4(bytes = 4096): TestFile {
  return { name: "kiln.mp4", type: "video/mp4", bytes: padded("\0\0\0\x20ftypisom\0\0\x02\0isomiso2mp41", bytes) };
}

export function wav(): TestFile {
  return { name: "voice.wav", type: "audio/wav", bytes: padded("RIFF\x00\x10\0\0WAVEfmt \x10\0\0\0", 4096) };
}

export function pdf(): TestFile {
  return { name: "price list.pdf", type: "application/pdf", bytes: padded("%PDF-1.7\n", 4096) };
}

function padded(head: string, bytes: number): Buffer {
  const file = Buffer.alloc(bytes, 0x20);
  file.write(head, "latin1");
  return file;
}
