import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkLayers } from "./check-layers";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "replydesk-layers-"));
});

afterEach(() => rm(root, { recursive: true, force: true }));

test("downward imports, types for components and functions that run in a browser are in order", async () => {
  await write("app/page.tsx", 'import { List } from "@/components/list";\nimport { read } from "@/lib/inbox/read";');
  await write(
    "components/list.tsx",
    'import type { Row } from "@/lib/inbox/read";\nimport { due } from "../lib/inbox/due";',
  );
  await write("lib/inbox/read.ts", 'import pg from "pg";\nimport {\n  type Row,\n  rows,\n} from "../db/rows";');
  await write("lib/inbox/due.ts", 'import { now } from "../time";');
  await write("lib/db/rows.ts", 'import { now } from "@/lib/time";');
  await write("lib/time.ts", "export const now = 1;");
  expect(checkLayers(root)).toEqual([]);
});

test.each([
  ["lib/inbox/a.ts", 'import type { Wire } from "../meta/b";', "lib/inbox may not import lib/meta"],
  ["lib/inbox/a.ts", 'export { b } from "@/lib/meta/b";', "lib/inbox may not import lib/meta"],
  ["lib/time.ts", 'import { b } from "./meta/b";', "lib may not import lib/meta"],
  ["server/main.ts", 'const b = await import("@/app/b");', "server may not import app"],
  ["server/main.ts", 'import "../components/b";', "server may not import components"],
  ["emulator/main.ts", 'import {\n  b,\n} from "../lib/b";', "emulator may not import lib"],
  ["lib/api/a.ts", 'import { type A, b } from "../meta/b";', "lib/api may not import lib/meta"],
  ["components/a.tsx", 'import { b } from "@/lib/meta/b";', "components may not import lib/meta"],
])("%s with %s is a breach", async (file, text, breach) => {
  for (const b of ["lib/meta/b.ts", "lib/inbox/b.ts", "lib/b.ts", "app/b.ts", "components/b.tsx"]) await write(b, "");
  await write(file, text);
  expect(checkLayers(root)).toEqual([expect.stringContaining(breach)]);
});

test("a component may not pull the server into the browser through a function that looks pure", async () => {
  await write("components/a.tsx", 'import { due } from "@/lib/inbox/due";');
  await write("lib/inbox/due.ts", 'import { hash } from "../hash";');
  await write("lib/hash.ts", 'import { createHash } from "node:crypto";');
  expect(checkLayers(root)).toEqual([expect.stringContaining("components may not import lib/inbox")]);
});

test("circles are named; types that name each other are none", async () => {
  await write("lib/inbox/a.ts", 'import { b } from "./b";');
  await write("lib/inbox/b.ts", 'import type { A } from "./a";');
  expect(checkLayers(root)).toEqual([]);
  await write("lib/inbox/b.ts", 'import { a } from "./a";');
  expect(checkLayers(root)).toEqual(["circle: lib/inbox/a.ts → lib/inbox/b.ts → lib/inbox/a.ts"]);
});

test("Meta's words stay in Meta's room", async () => {
  await write("lib/meta/send.ts", 'const tag = "HUMAN_AGENT";');
  await write("lib/inbox/send.ts", 'const tag = "HUMAN_AGENT";');
  expect(checkLayers(root)).toEqual([expect.stringContaining("lib/inbox/send.ts speaks Meta's words")]);
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
