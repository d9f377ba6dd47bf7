import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll } from "vitest";
import { bundleOptions } from "../build-parts";

let script: Promise<string> | undefined;

afterAll(async () => {
  if (script) await rm(dirname(await script), { recursive: true, force: true });
});

/** `npm run admin -- …` as a process of its own. */
export async function runAdmin(
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  script ??= bundled();
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [await script, ...args], {
      env: { NODE_ENV: "production", PATH: process.env.PATH, ...env },
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && "stdout" in error && "stderr" in error)) throw error;
    return { code: Number(error.code), stdout: String(error.stdout), stderr: String(error.stderr) };
  }
}

/** Translated once, not for every command anew: that takes longer than most commands. */
async function bundled(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "replydesk-admin-"));
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  const file = join(folder, "admin.mjs");
  await build(bundleOptions("bin/admin.ts", file));
  return file;
}
