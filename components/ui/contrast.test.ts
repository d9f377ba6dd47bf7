import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

type Oklch = [lightness: number, chroma: number, hue: number];

/** The raw value of a token in one theme. */
function token(name: string, theme: "light" | "dark"): Oklch {
  const values = [
    ...(new RegExp(`--raw-${name}: light-dark\\((.*)\\);`).exec(css)?.[1] ?? "").matchAll(/oklch\(([^)]*)\)/g),
  ];
  const [l = Number.NaN, c = Number.NaN, h = Number.NaN] = (values[theme === "light" ? 0 : 1]?.[1] ?? "")
    .split(" ")
    .map(Number);
  return [l, c, h];
}

/** WCAG's relative luminance, by way of OKLab and linear sRGB. */
function luminance([lightness, chroma, hue]: Oklch): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Oklch, other: Oklch): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["ground", "paper", "card"];
const TEXT: [text: string, on: string[]][] = [
  ["ink", [...GROUNDS, "theirs"]],
  ["soft", [...GROUNDS, "theirs"]],
  ["faint", [...GROUNDS, "theirs"]],
  ["accent-strong", [...GROUNDS, "accent-soft"]],
  ["on-accent", ["accent", "accent-strong"]],
  ["on-mine", ["mine"]],
  ["good", [...GROUNDS, "good-soft"]],
  ["warn", [...GROUNDS, "warn-soft"]],
  ["bad", [...GROUNDS, "bad-soft", "warn-soft"]],
];

describe.each(["light", "dark"] as const)("colours in the %s theme", (theme) => {
  test.each(TEXT)("%s can be read on everything it stands on", (text, grounds) => {
    for (const ground of grounds) {
      expect
        .soft(contrast(token(text, theme), token(ground, theme)), `${text} on ${ground}`)
        .toBeGreaterThanOrEqual(4.5);
    }
  });

  test("the edge of a field and the mark of focus can be seen", () => {
    for (const ground of GROUNDS) {
      expect.soft(contrast(token("edge", theme), token(ground, theme)), `edge on ${ground}`).toBeGreaterThanOrEqual(3);
      expect
        .soft(contrast(token("accent", theme), token(ground, theme)), `accent on ${ground}`)
        .toBeGreaterThanOrEqual(3);
    }
  });
});
