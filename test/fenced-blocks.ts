import { readFile } from "node:fs/promises";

/** The examples of a page in a language, in their order. */
export async function fencedBlocks(page: string, language: string): Promise<string[]> {
  return blocksOf(await readFile(page, "utf8"), language);
}

export function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, code = ""]) => code);
}
