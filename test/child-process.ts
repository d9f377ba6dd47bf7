import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { bundleOptions } from "@/bin/build-parts";

/** Paths of what tests start as processes of their own. */
export type Scripts = { server: string; emulator: string; admin: string };

/**
 * Bundles the server (without Next), the emulator and the operator's tool, as the build does; a start then takes a
 * fraction of a second.
 */
export async function bundleScripts(): Promise<Scripts & { remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "replydesk-scripts-"));
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  const at = (name: string) => join(folder, `${name}.mjs`);
  const scripts: Scripts = { server: at("server"), emulator: at("emulator"), admin: at("admin") };
  await Promise.all([
    build(bundleOptions("test/server-without-pages.ts", scripts.server)),
    build(bundleOptions("emulator/main.ts", scripts.emulator)),
    build(bundleOptions("bin/admin.ts", scripts.admin)),
  ]);
  return { ...scripts, remove: () => rm(folder, { recursive: true, force: true }) };
}

export type Child = {
  pid: number;
  /** What it said, line by line. */
  said: string[];
  /** SIGKILL: nothing of its own runs any more. Resolves once it is gone. */
  kill(): Promise<void>;
  /** SIGTERM. @returns its exit code */
  stop(): Promise<number | null>;
};

/** Starts a script and waits for the line that says it is ready; it never outlives this process. */
export async function startChild(script: string, env: Record<string, string>, readyLine: string): Promise<Child> {
  const child = spawn(process.execPath, ["--import", "./bin/end-with-parent.mjs", script], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
  });
  const said: string[] = [];
  await new Promise<void>((ready, fail) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        if (line.includes(readyLine)) ready();
      });
    }
    child.once("exit", (code) => fail(new Error(`${script} ended (${code}) before it was ready:\n${said.join("\n")}`)));
  });
  return {
    pid: child.pid ?? 0,
    said,
    kill: () => end(child, "SIGKILL").then(() => undefined),
    stop: () => end(child, "SIGTERM"),
  };
}

async function end(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  }
  return child.exitCode;
}
