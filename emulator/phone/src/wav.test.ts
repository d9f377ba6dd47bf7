import { expect, test } from "vitest";
import { wav } from "./wav";

test("samples become 16-bit sound, cut off where they are too loud", () => {
  const bytes = Buffer.from(wav(new Float32Array([0, 0.5, 2, -2]), 48_000));
  expect(bytes.toString("latin1", 0, 4) + bytes.toString("latin1", 8, 12)).toBe("RIFFWAVE");
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  expect(bytes.readUInt32LE(24)).toBe(48_000);
  expect([0, 1, 2, 3].map((n) => bytes.readInt16LE(44 + n * 2))).toEqual([0, 16_383, 32_767, -32_767]);
});
