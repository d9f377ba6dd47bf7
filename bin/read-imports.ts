import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** An import as it stands in a file: `to` is a path from the root for our own files, and the name as written for packages. */
export type Import = { from: string; to: string; own: boolean; typeOnly: boolean };

export type SourceFile = { path: string; text: string; imports: Import[] };

const STATEMENT = /^(?:import|export)\s+(type\s+)?([^"';`]*?)\s*\bfrom\s*"([^"]+)"/gm;
const SIDE_EFFECT = /^import\s+"([^"]+)"/gm;
const DYNAMIC = /\bimport\(\s*"([^"]+)"\s*\)/g;

/**
 * Every TypeScript file below the rooms, tests aside, with its imports. Reads statements as the formatter writes them:
 * TypeScript 7 has no parser to call, and esbuild's bundle knows nothing of imported types.
 */
export function readImports(root: string, rooms: string[]): SourceFile[] {
  return rooms
    .flatMap((room) => filesBelow(join(root, room)))
    .map((file) => {
      const path = relative(root, file);
      const text = readFileSync(file, "utf8");
      const found = [
        ...[...text.matchAll(STATEMENT)].map(([, type, names = "", to = ""]) => ({
          to,
          typeOnly: Boolean(type) || onlyTypes(names),
        })),
        ...[...text.matchAll(SIDE_EFFECT)].map(([, to = ""]) => ({ to, typeOnly: false })),
        ...[...text.matchAll(DYNAMIC)].map(([, to = ""]) => ({ to, typeOnly: false })),
      ];
      return {
        path,
        text,
        imports: found.map(({ to, typeOnly }) => ({ from: path, typeOnly, ...resolveImport(root, path, to) })),
      };
    });
}

function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.includes("node_modules"))
    .map((name) => join(directory, name))
    .sort();
}

function onlyTypes(names: string): boolean {
  const list = /^\{([^}]*)\}$/.exec(names.trim())?.[1]?.split(",") ?? [];
  return list.length > 0 && list.every((name) => name.trim() === "" || name.trim().startsWith("type "));
}

function resolveImport(root: string, from: string, to: string): { to: string; own: boolean } {
  const path = to.startsWith("@/") ? to.slice(2) : to.startsWith(".") ? join(dirname(from), to) : null;
  if (path === null) return { to, own: false };
  const candidates = [path, `${path}.ts`, `${path}.tsx`, join(path, "index.ts"), join(path, "index.tsx")];
  const found = candidates.find((candidate) => statSync(join(root, candidate), { throwIfNoEntry: false })?.isFile());
  return { to: found ?? path, own: true };
}
