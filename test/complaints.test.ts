import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PLACES = ["bin", "components", "docs", "e2e", "emulator", "lib", "test"];

/** What people say of inboxes that lose, double or misread their messages, by number; each has a test that names it. */
const ANSWERED = [range(1, 36), range(38, 53), range(57, 59), 61].flat();

test("every complaint is still answered by a test that names it", async () => {
  const named = new Set((await Promise.all(PLACES.map(namesIn))).flat().flatMap(numbersOf));
  expect(ANSWERED.filter((number) => !named.has(number))).toEqual([]);
});

/** The names of tests that begin with complaints, by whichever means they are given. */
async function namesIn(place: string): Promise<string[]> {
  const files = await readdir(join(ROOT, place), { recursive: true });
  const tests = files.filter((file) => /\.(test|spec)\.ts$/.test(file) && !file.includes("node_modules"));
  const sources = await Promise.all(tests.map((file) => readFile(join(ROOT, place, file), "utf8")));
  return sources.flatMap((source) => source.match(/["'`]complaints? [\d, and]+:/g) ?? []);
}

function numbersOf(name: string): number[] {
  return (name.match(/\d+/g) ?? []).map(Number);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}
