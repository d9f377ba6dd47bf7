import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

/** The lines of a gzipped text. Node's own reader also parts lines at U+2028, which may stand in what people write. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const input = createReadStream(file);
  const text = createGunzip().setEncoding("utf8");
  input.once("error", (error) => text.destroy(error)).pipe(text);
  let rest = "";
  try {
    for await (const chunk of text) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    if (rest !== "") yield rest;
  } finally {
    input.destroy();
  }
}
