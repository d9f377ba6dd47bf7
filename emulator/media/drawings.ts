import { png, type Rgb } from "./png";

const AVATAR_SIZE = 128;
const PICTURE_WIDTH = 480;
const PICTURE_HEIGHT = 600;
const STORY_WIDTH = 360;
const STORY_HEIGHT = 640;

const drawn = new Map<string, Buffer>();

export const SAMPLES = [
  { id: "sunset", name: "Sunset over hills" },
  { id: "sea", name: "Boats on a calm sea" },
  { id: "vase", name: "A glazed vase" },
  { id: "knit", name: "A knitted pattern" },
  { id: "night", name: "City by night" },
];

/** `avatar:<seed>`, `logo:<seed>`, `picture:<sample>` or `story:<sample>` as PNG bytes; drawn once. */
export function drawing(name: string): Buffer {
  const known = drawn.get(name);
  if (known) return known;
  const [shape = "", seed = ""] = name.split(":");
  const bytes =
    shape === "avatar"
      ? avatar(seed)
      : shape === "logo"
        ? logo(seed)
        : scene(
            seed,
            shape === "story" ? STORY_WIDTH : PICTURE_WIDTH,
            shape === "story" ? STORY_HEIGHT : PICTURE_HEIGHT,
          );
  drawn.set(name, bytes);
  return bytes;
}

function avatar(seed: string): Buffer {
  const hue = hash(seed) % 360;
  const light = hsl(hue, 0.55, 0.72);
  const deep = hsl((hue + 40) % 360, 0.5, 0.45);
  const skin = hsl(20 + (hash(`${seed}s`) % 18), 0.45, 0.42 + (hash(`${seed}t`) % 36) / 100);
  const hair = hsl(hash(`${seed}h`) % 45, 0.4, 0.14 + (hash(`${seed}l`) % 30) / 100);
  const shirt = hsl((hue + 190) % 360, 0.45, 0.5);
  const short = hash(`${seed}c`) % 2 === 0;
  return png(AVATAR_SIZE, AVATAR_SIZE, (x, y) => {
    if (inside(x, y, 0.5, 0.44, 0.17, 0.21) && y > (short ? 0.3 : 0.33)) return [...skin];
    if (short ? inside(x, y, 0.5, 0.38, 0.19, 0.2) && y < 0.42 : inside(x, y, 0.5, 0.4, 0.23, 0.25)) return [...hair];
    if (Math.abs(x - 0.5) < 0.07 && y > 0.5 && y < 0.74) return mix(skin, deep, 0.2);
    if (inside(x, y, 0.5, 1.02, 0.4, 0.34)) return [...shirt];
    return mix(light, deep, (x + y) / 2);
  });
}

/** A shop's sign: a disc, an arch or stripes on plain ground. */
function logo(seed: string): Buffer {
  const hue = hash(seed) % 360;
  const ground = hsl(hue, 0.32, 0.9);
  const ink = hsl((hue + 20) % 360, 0.5, 0.34);
  const shape = hash(`${seed}shape`) % 3;
  return png(AVATAR_SIZE, AVATAR_SIZE, (x, y) => {
    const disc = inside(x, y, 0.5, 0.5, 0.27, 0.27);
    if (shape === 0) return disc && !inside(x, y, 0.58, 0.42, 0.16, 0.16) ? [...ink] : [...ground];
    if (shape === 1) return disc && Math.floor(y * 16) % 2 === 0 ? [...ink] : [...ground];
    const arch = y > 0.46 ? Math.abs(x - 0.5) < 0.22 && y < 0.74 : inside(x, y, 0.5, 0.46, 0.22, 0.22);
    return arch && !(y > 0.5 && Math.abs(x - 0.5) < 0.08) ? [...ink] : [...ground];
  });
}

function scene(sample: string, width: number, height: number): Buffer {
  if (sample === "sea") return png(width, height, sea);
  if (sample === "vase") return png(width, height, vase);
  if (sample === "knit") return png(width, height, knit);
  if (sample === "night") return png(width, height, night);
  return png(width, height, sunset);
}

function sunset(x: number, y: number): Rgb {
  if (y > 0.78 + 0.06 * Math.sin(x * 7 + 1)) return mix([58, 38, 62], [30, 22, 40], y);
  if (y > 0.66 + 0.07 * Math.sin(x * 5)) return mix([126, 70, 92], [84, 48, 80], y);
  if (inside(x, y, 0.62, 0.5, 0.13, 0.1)) return [255, 226, 160];
  return mix([250, 196, 128], [222, 92, 96], Math.abs(y - 0.45) * 1.6);
}

function sea(x: number, y: number): Rgb {
  const boat = Math.abs(x - 0.35) < 0.09 && y > 0.52 && y < 0.56 - Math.abs(x - 0.35) * 0.2;
  if (boat) return [170, 62, 48];
  if (x > 0.3 && x < 0.35 && y > 0.3 && y < 0.515 && (0.35 - x) * 4 < y - 0.3) return [252, 248, 238];
  if (y < 0.5) return mix([176, 218, 236], [240, 244, 232], y * 2);
  const wave = 0.5 + 0.5 * Math.sin(y * 90 + Math.sin(x * 9) * 2);
  return mix([36, 112, 140], [86, 168, 182], wave * 0.35 + (1 - y) * 0.5);
}

function vase(x: number, y: number): Rgb {
  const radius = y < 0.32 ? 0.07 : 0.09 + 0.16 * Math.sin(Math.min(1, (y - 0.32) / 0.52) * Math.PI * 0.86 + 0.2);
  if (y > 0.25 && y < 0.84 && Math.abs(x - 0.5) < radius) {
    const shade = 0.5 + (x - 0.5) / (radius * 2.4);
    return y < 0.52 + 0.02 * Math.sin(x * 40)
      ? mix([92, 140, 150], [34, 74, 92], shade)
      : mix([232, 206, 172], [160, 116, 84], shade);
  }
  return y > 0.8 ? mix([206, 186, 164], [178, 154, 130], y) : mix([242, 234, 222], [222, 208, 190], y);
}

function knit(x: number, y: number): Rgb {
  const column = Math.floor(x * 16);
  const lean = (x * 16 - column - 0.5) * (column % 2 ? 1 : -1);
  const stitch = 0.5 + 0.5 * Math.sin((y * 26 + lean) * Math.PI * 2);
  const band = Math.floor(y * 6) % 3;
  const wool: Rgb = band === 0 ? [182, 70, 62] : band === 1 ? [236, 224, 204] : [52, 78, 104];
  return mix(wool, [20, 20, 28], stitch * 0.28);
}

function night(x: number, y: number): Rgb {
  const house = Math.floor(x * 9);
  const roof = 0.45 + (hash(`house${house}`) % 30) / 100;
  if (y > roof) {
    const window = Math.floor(x * 45) % 5 !== 0 && Math.floor(y * 40) % 3 === 1;
    const lit = window && hash(`${Math.floor(x * 45)}:${Math.floor(y * 40)}`) % 3 === 0;
    return lit ? [250, 212, 128] : mix([38, 40, 66], [20, 20, 38], y);
  }
  if (inside(x, y, 0.76, 0.16, 0.07, 0.05)) return [244, 240, 220];
  return mix([18, 22, 58], [92, 66, 124], y * 1.4);
}

function inside(x: number, y: number, cx: number, cy: number, rx: number, ry: number): boolean {
  return ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
}

function mix(from: Rgb, to: Rgb, part: number): Rgb {
  const share = Math.max(0, Math.min(1, part));
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}

function hsl(hue: number, saturation: number, lightness: number): Rgb {
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    return (
      255 * (lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
    );
  };
  return [channel(0), channel(8), channel(4)];
}

function hash(text: string): number {
  let value = 2166136261;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 16777619);
  return value >>> 0;
}
