import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorMessage } from "@/lib/errors";
import { buildDesk } from "./build-desk";
import { findChromium } from "./find-chromium";
import { type Counts, readCounts } from "./test-counts";

class Failed extends Error {
  constructor(
    readonly counts: Counts | null,
    message: string,
  ) {
    super(message);
  }
}

const USAGE = "npm test [-- part … [words for vitest or playwright …]]";

const reports = mkdtempSync(join(tmpdir(), "replydesk-reports-"));

/** Everything that must hold, in the order in which a failure is cheapest to learn. A part answers null when it counts no tests. */
const PARTS: Record<string, { title: string; run(args: string[]): Promise<Counts | null> }> = {
  lint: { title: "Format and lint", run: () => tool("@biomejs/biome/bin/biome", ["check", "."]) },
  types: { title: "Types", run: types },
  layers: { title: "Layers", run: () => run(process.execPath, ["--import", "tsx", "bin/layers.ts"]) },
  unit: { title: "Unit and integration", run: unit },
  build: {
    title: "Build",
    run: async () => {
      await buildDesk(say);
      return null;
    },
  },
  browser: { title: "Browser", run: browser },
};

async function main(args: string[]): Promise<number> {
  const named = args.filter((arg) => arg in PARTS);
  const rest = args.filter((arg) => !(arg in PARTS));
  if (named.length === 0 && rest.length > 0) {
    say(`${USAGE}\nParts: ${Object.keys(PARTS).join(", ")}`);
    return 2;
  }
  const total: Counts = { passed: 0, failed: 0 };
  const summary: string[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (named.length > 0 && !named.includes(name)) continue;
    const started = Date.now();
    say(`\n── ${part.title}`);
    const { counts, failure } = await outcome(part.run(rest));
    if (failure) say(failure);
    // What fails without a failing test (lint, types, a test file that does not load) counts as one failure.
    total.passed += counts?.passed ?? 0;
    total.failed += failure ? Math.max(counts?.failed ?? 0, 1) : 0;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    summary.push(`${failure ? "✗" : "✓"} ${part.title.padEnd(22)} ${seconds.padStart(6)} s`);
    if (failure && name === "build") break;
  }
  say(`\n${summary.join("\n")}\n`);
  say(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

async function outcome(part: Promise<Counts | null>): Promise<{ counts: Counts | null; failure: string | null }> {
  try {
    return { counts: await part, failure: null };
  } catch (error) {
    return { counts: error instanceof Failed ? error.counts : null, failure: errorMessage(error) };
  }
}

/** Next writes the types of routes and of its own globals first; they are not in the repository. */
async function types(): Promise<Counts | null> {
  await tool("next/dist/bin/next", ["typegen"], { env: { NEXT_TELEMETRY_DISABLED: "1" } });
  return tool("typescript/bin/tsc", ["--noEmit"]);
}

function unit(args: string[]): Promise<Counts | null> {
  const report = join(reports, "unit.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return tool("vitest/vitest.mjs", ["run", ...reporters, ...args], { report });
}

function browser(args: string[]): Promise<Counts | null> {
  const report = join(reports, "browser.json");
  const env = { CHROMIUM_PATH: findChromium(say), PLAYWRIGHT_JSON: report };
  return tool("@playwright/test/cli.js", ["test", ...args], { report, env });
}

function tool(script: string, args: string[], options: ToolOptions = {}): Promise<Counts | null> {
  return run(process.execPath, [join("node_modules", script), ...args], options);
}

type ToolOptions = { report?: string; env?: Record<string, string> };

async function run(program: string, args: string[], { report, env }: ToolOptions = {}): Promise<Counts | null> {
  const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } });
  const [code, signal] = await once(child, "exit");
  const counts = report ? readCounts(report) : null;
  if (code === 0) return counts;
  throw new Failed(counts, signal ? `ended by ${signal}` : "failed");
}

function say(line: string): void {
  console.log(line);
}

process.exitCode = await main(process.argv.slice(2));
rmSync(reports, { recursive: true, force: true });
