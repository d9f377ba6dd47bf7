import { clip } from "./clip";
import { drawing } from "./drawings";
import { pdf } from "./pdf";
import { movingGif, sticker } from "./stickers";
import { tone } from "./tone";

const made = new Map<string, Buffer>();

const MAKERS: Record<string, () => Buffer> = {
  tone,
  clip,
  gif: movingGif,
  sticker,
  pdf: () =>
    pdf("Order 1042", [
      "1 glazed vase, sea green",
      "2 breakfast bowls, speckled",
      "Ships within three days. Thank you!",
    ]),
};

/** The bytes of a medium made in code: `tone`, `clip`, `gif`, `sticker`, `pdf`, or a drawing by its name. Made once. */
export function builtIn(name: string): Buffer {
  const known = made.get(name);
  if (known) return known;
  const make = MAKERS[name];
  if (!make) return drawing(name);
  const bytes = make();
  made.set(name, bytes);
  return bytes;
}
