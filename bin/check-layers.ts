import { IMPORT_TABLE, META_ROOM, META_WORDS, ROOMS_WITHOUT_META, TOOLS } from "./import-table";
import { type Import, readImports, type SourceFile } from "./read-imports";

/** Packages and modules that no browser has. */
const SERVER_ONLY = /^(node:|pg$|drizzle-orm|pino$|next\/(headers|server)|server-only)/;

/** Every breach of the import table in the tree at `root`, a sentence each; empty when the table holds. */
export function checkLayers(root: string): string[] {
  const rooms = [...new Set(Object.keys(IMPORT_TABLE).map((room) => room.split("/")[0] ?? room))];
  const files = readImports(root, rooms);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const imports = files.flatMap((file) => file.imports).filter(({ own }) => own);
  return [
    ...imports
      .filter((each) => !isAllowed(each, byPath))
      .map(({ from, to }) => `${from} imports ${to}: ${roomOf(from)} may not import ${roomOf(to)}`),
    ...findCircles(files).map((circle) => `circle: ${circle.join(" → ")}`),
    ...files
      .filter(speaksMeta)
      .map(({ path }) => `${path} speaks Meta's words (${META_WORDS.source}), which belong in ${META_ROOM}`),
  ];
}

function isAllowed({ from, to, typeOnly }: Import, files: Map<string, SourceFile>): boolean {
  const [mine, theirs] = [roomOf(from), roomOf(to)];
  if (mine === theirs) return true;
  const allowance = IMPORT_TABLE[mine];
  if (!allowance) return false;
  if (allowance.values.includes(theirs)) return true;
  if (typeOnly && allowance.types?.includes(theirs)) return true;
  return Boolean(allowance.pure?.includes(theirs)) && runsInBrowser(to, files);
}

/** `lib` has a room per folder; everything else is one room per top folder. */
function roomOf(path: string): string {
  const [top = "", second = "", ...rest] = path.split("/");
  return top === TOOLS && rest.length > 0 ? `${top}/${second}` : top;
}

function runsInBrowser(path: string, files: Map<string, SourceFile>, seen = new Set<string>()): boolean {
  if (seen.has(path)) return true;
  seen.add(path);
  const needed = files.get(path)?.imports.filter(({ typeOnly }) => !typeOnly) ?? [];
  return needed.every(({ to, own }) => (own ? runsInBrowser(to, files, seen) : !SERVER_ONLY.test(to)));
}

/** Only what is left after compiling can go round in a circle: two types that name each other do no harm. */
function findCircles(files: SourceFile[]): string[][] {
  const imported = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter(({ own, typeOnly }) => own && !typeOnly).map(({ to }) => to),
    ]),
  );
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) circles.push([...trail.slice(start), path]);
    if (start >= 0 || done.has(path)) return;
    for (const next of imported.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return circles;
}

function speaksMeta({ path, text }: SourceFile): boolean {
  return ROOMS_WITHOUT_META.includes(path.split("/")[0] ?? "") && roomOf(path) !== META_ROOM && META_WORDS.test(text);
}
