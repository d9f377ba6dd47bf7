import type { Rgb } from "./png";

const CODE_BITS = 7;
const CLEAR = 128;
const END = 129;
/** After so many codes the code length would grow; a clear code keeps it. */
const CODES_BETWEEN_CLEARS = 120;

/** A GIF of up to 128 colours; colour 0 is transparent. Several frames move, `delayMs` apart, for ever. */
export function gif(size: number, colours: Rgb[], frames: ((x: number, y: number) => number)[], delayMs = 120): Buffer {
  const table = Buffer.alloc(128 * 3);
  for (const [at, colour] of colours.entries()) table.set(colour, at * 3);
  const head = Buffer.from([...Buffer.from("GIF89a"), size & 0xff, size >> 8, size & 0xff, size >> 8, 0xf6, 0, 0]);
  const forever = Buffer.from("\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", "latin1");
  return Buffer.concat([
    head,
    table,
    ...(frames.length > 1 ? [forever] : []),
    ...frames.map((frame) => image(size, frame, delayMs)),
    Buffer.from([0x3b]),
  ]);
}

function image(size: number, frame: (x: number, y: number) => number, delayMs: number): Buffer {
  const delay = Math.round(delayMs / 10);
  const control = Buffer.from([0x21, 0xf9, 4, 0x09, delay & 0xff, delay >> 8, 0, 0]);
  const place = Buffer.from([0x2c, 0, 0, 0, 0, size & 0xff, size >> 8, size & 0xff, size >> 8, 0, CODE_BITS]);
  const data = pixelCodes(size, frame);
  const blocks: Buffer[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  return Buffer.concat([control, place, ...blocks, Buffer.from([0])]);
}

/** Pixels as 8-bit codes without packing: a code is a byte. */
function pixelCodes(size: number, frame: (x: number, y: number) => number): Buffer {
  const codes: number[] = [];
  for (let at = 0; at < size * size; at++) {
    if (at % CODES_BETWEEN_CLEARS === 0) codes.push(CLEAR);
    codes.push(frame((at % size) / size, Math.floor(at / size) / size));
  }
  codes.push(END);
  return Buffer.from(codes);
}
