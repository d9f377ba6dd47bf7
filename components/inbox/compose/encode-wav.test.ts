import { expect, test } from "vitest";
import { encodeWav } from "./encode-wav";

test("a WAV of one channel, 16 bits, 16,000 samples per second", () => {
  const file = Buffer.from(encodeWav(new Float32Array([0, 1, -1, 0.5])));
  expect(file.toString("latin1", 0, 4)).toBe("RIFF");
  expect(file.readUInt32LE(4)).toBe(file.length - 8);
  expect(file.toString("latin1", 8, 16)).toBe("WAVEfmt ");
  expect([file.readUInt16LE(20), file.readUInt16LE(22), file.readUInt16LE(34)]).toEqual([1, 1, 16]);
  expect([file.readUInt32LE(24), file.readUInt32LE(28), file.readUInt16LE(32)]).toEqual([16_000, 32_000, 2]);
  expect(file.toString("latin1", 36, 40)).toBe("data");
  expect(file.readUInt32LE(40)).toBe(8);
  expect([0, 1, 2, 3].map((at) => file.readInt16LE(44 + 2 * at))).toEqual([0, 32_767, -32_768, 16_384]);
});

test("what is too loud is cut off instead of turning over", () => {
  const file = Buffer.from(encodeWav(new Float32Array([3, -3])));
  expect([file.readInt16LE(44), file.readInt16LE(46)]).toEqual([32_767, -32_768]);
});
