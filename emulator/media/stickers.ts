import { gif } from "./gif";
import type { Rgb } from "./png";

const SIZE = 120;
const FRAMES = 8;
const COLOURS: Rgb[] = [
  [255, 255, 255],
  [232, 74, 95],
  [255, 205, 86],
  [74, 48, 54],
  [255, 236, 200],
];

/** A GIF that moves: a sun that turns its rays. */
export function movingGif(): Buffer {
  return gif(
    SIZE,
    COLOURS,
    Array.from({ length: FRAMES }, (_, n) => (x: number, y: number) => sun(x - 0.5, y - 0.5, n / FRAMES)),
  );
}

/** A still sticker with see-through edges: a smiling heart. */
export function sticker(): Buffer {
  return gif(SIZE, COLOURS, [heart]);
}

function sun(x: number, y: number, turn: number): number {
  const radius = Math.hypot(x, y);
  const rays = (Math.atan2(y, x) / (2 * Math.PI) + turn / 10 + 1) * 10;
  if (Math.hypot(x - 0.09, y + 0.06) < 0.03 || Math.hypot(x + 0.09, y + 0.06) < 0.03) return 3;
  if (radius > 0.12 && radius < 0.155 && y > 0.04) return 3;
  if (radius < 0.26) return 2;
  return radius > 0.3 && radius < 0.46 && rays % 1 < 0.5 ? 1 : 4;
}

function heart(x: number, y: number): number {
  const u = (x - 0.5) * 2.7;
  const v = (0.47 - y) * 2.7;
  if (Math.hypot(x - 0.4, y - 0.42) < 0.03 || Math.hypot(x - 0.6, y - 0.42) < 0.03) return 3;
  const smile = Math.hypot(x - 0.5, y - 0.48);
  if (smile > 0.09 && smile < 0.12 && y > 0.51) return 3;
  return (u * u + v * v - 1) ** 3 - u * u * v * v * v < 0 ? 1 : 0;
}
