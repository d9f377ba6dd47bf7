import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The Chromium the browser tests run in: CHROMIUM_PATH, else one on this machine, else Playwright's download, else, as root
 * on Debian, the distribution's package. Throws one line that says how to get one.
 */
export function findChromium(say: (line: string) => void): string {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (runs(given)) return given;
    throw new Error(`CHROMIUM_PATH=${given} is not a Chromium that runs here.`);
  }
  const found = installed();
  if (found) return found;
  say("No Chromium on this machine; downloading Playwright's.");
  if (attempt("npx", ["playwright", "install", "chromium"]) && runs(chromium.executablePath()))
    return chromium.executablePath();
  if (process.getuid?.() === 0 && isDebian()) {
    say("That did not work; installing Debian's package.");
    attempt("apt-get", ["update", "-q"]);
    attempt("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"]);
    const packaged = installed();
    if (packaged) return packaged;
  }
  throw new Error(
    "The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH=/path/to/chromium.",
  );
}

function installed(): string | null {
  const directories = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"];
  const candidates = [
    ...NAMES.flatMap((name) => directories.map((directory) => join(directory, name))),
    ...MAC,
    chromium.executablePath(),
  ];
  return candidates.find((candidate) => existsSync(candidate) && runs(candidate)) ?? null;
}

function runs(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}

function attempt(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    return true;
  } catch {
    return false;
  }
}

function isDebian(): boolean {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}
