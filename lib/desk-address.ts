import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** Where a desk answers: to people, and to programs on its machine. */
const address = z.object({ appUrl: z.url(), localUrl: z.url() });

export type DeskAddress = z.output<typeof address>;

const FILE = "address.json";

/** Tells the operator's tool where this desk answers, so that nobody has to repeat its settings. */
export async function writeAddress(dataDir: string, told: DeskAddress): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const unfinished = join(dataDir, `${FILE}.${process.pid}`);
  await writeFile(unfinished, `${JSON.stringify(told)}\n`);
  await rename(unfinished, join(dataDir, FILE));
}

/** @returns null when no desk was started there, or its word cannot be read */
export async function readAddress(dataDir: string): Promise<DeskAddress | null> {
  const text = await readFile(join(dataDir, FILE), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return address.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
