import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stop } from "esbuild";
import { BUILD_PARTS, type BuildPart } from "./build-parts";

const RECORD = "dist/build.json";

/** Builds what changed since the last build; `say` hears a line for each part that is built. */
export async function buildDesk(say: (line: string) => void): Promise<void> {
  try {
    await buildChanged(say);
  } finally {
    await stop();
  }
}

async function buildChanged(say: (line: string) => void): Promise<void> {
  const built = readRecord();
  for (const part of BUILD_PARTS) {
    const hash = hashOf(part);
    if (built[part.name] === hash && existsSync(part.output)) continue;
    const started = Date.now();
    say(`Building the ${part.name} …`);
    await part.run();
    built[part.name] = hash;
    await mkdir("dist", { recursive: true });
    await writeFile(RECORD, `${JSON.stringify(built, null, 2)}\n`);
    say(`Built the ${part.name} in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  }
}

function readRecord(): Record<string, string> {
  return existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, "utf8")) : {};
}

function hashOf({ sources }: BuildPart): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of sources.flatMap(filesOf)) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

function filesOf(source: string): string[] {
  if (!existsSync(source)) return [];
  if (statSync(source).isFile()) return [source];
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .map((name) => join(source, name))
    .filter((path) => !/\.test\.tsx?$/.test(path) && statSync(path).isFile())
    .sort();
}
