import { crc32, deflateSync } from "node:zlib";

export type Rgb = [red: number, green: number, blue: number];

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A true-colour PNG whose pixels come from `colour(x, y)`, x and y from 0 to 1. */
export function png(width: number, height: number, colour: (x: number, y: number) => Rgb): Buffer {
  const stride = 1 + width * 3;
  const raw = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row++) {
    const line = row * stride;
    raw[line] = 1; // filter "Sub": smooth pictures pack far better
    let left: Rgb = [0, 0, 0];
    for (let column = 0; column < width; column++) {
      const pixel = colour(column / width, row / height);
      const at = line + 1 + column * 3;
      for (let channel = 0; channel < 3; channel++) {
        const value = clamp(pixel[channel] ?? 0);
        raw[at + channel] = (value - (left[channel] ?? 0)) & 0xff;
        pixel[channel] = value;
      }
      left = pixel;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "ascii"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
