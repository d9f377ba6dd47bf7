import { avcConfiguration, codedFrame, sequenceHeaders } from "./h264";
import { mp4 } from "./mp4";

const WIDTH = 144;
const HEIGHT = 192;
const FRAMES = 30;
const FRAMES_PER_SECOND = 12;

type Yuv = [y: number, u: number, v: number];

const SKY_TOP: Yuv = [178, 150, 108];
const SKY_LOW: Yuv = [208, 122, 138];
const SEA: Yuv = [96, 148, 96];
const SUN: Yuv = [224, 74, 158];
const HULL: Yuv = [74, 108, 168];
const SAIL: Yuv = [234, 122, 132];

let made: Buffer | null = null;

/** A short silent MP4 (H.264 baseline): a boat that crosses the bay. Made once. */
export function clip(): Buffer {
  made ??= mp4({
    width: WIDTH,
    height: HEIGHT,
    framesPerSecond: FRAMES_PER_SECOND,
    configuration: avcConfiguration(sequenceHeaders(WIDTH, HEIGHT)),
    frames: frames(),
  });
  return made;
}

function frames(): Buffer[] {
  let before: Buffer[] | null = null;
  return Array.from({ length: FRAMES }, (_, n) => {
    const blocks = macroblocks(n / (FRAMES - 1));
    const frame = codedFrame(n, blocks, before);
    before = blocks;
    return frame;
  });
}

/** The picture at `time` (0 to 1) as 16 × 16 blocks: 256 bytes of brightness, then twice 64 of colour. */
function macroblocks(time: number): Buffer[] {
  const blocks: Buffer[] = [];
  for (let top = 0; top < HEIGHT; top += 16) {
    for (let left = 0; left < WIDTH; left += 16) {
      const block = Buffer.alloc(384);
      for (let row = 0; row < 16; row++) {
        for (let column = 0; column < 16; column++) {
          block[row * 16 + column] = scene(left + column, top + row, time)[0];
        }
      }
      for (let row = 0; row < 8; row++) {
        for (let column = 0; column < 8; column++) {
          const [, u, v] = scene(left + column * 2, top + row * 2, time);
          block[256 + row * 8 + column] = u;
          block[320 + row * 8 + column] = v;
        }
      }
      blocks.push(block);
    }
  }
  return blocks;
}

function scene(x: number, y: number, time: number): Yuv {
  const horizon = HEIGHT * 0.55;
  const boat = 16 + time * (WIDTH - 32);
  const dx = x - boat;
  const deck = horizon + 14 + Math.round(Math.sin(time * 12) * 2);
  if (y >= deck && y < deck + 9 && Math.abs(dx) < 20 - (y - deck)) return HULL;
  if (y < deck - 2 && y > deck - 44 && dx > -2 && dx < (y - (deck - 44)) * 0.4) return SAIL;
  if ((x - 104) ** 2 + (y - 52) ** 2 < 18 ** 2) return SUN;
  if (y < horizon) return y < horizon * 0.55 ? SKY_TOP : SKY_LOW;
  const wave = (x * 3 + Math.floor(y / 6) * 17) % 24 < 7 && y % 6 < 2;
  return wave ? [128, 142, 104] : SEA;
}
