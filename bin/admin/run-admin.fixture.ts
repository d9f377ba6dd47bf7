import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inject } from "vitest";

/** `npm run admin -- …` as a process of its own. */
export async function runAdmin(
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [inject("scripts").admin, ...args], {
      env: { NODE_ENV: "production", PATH: process.env.PATH, ...env },
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && "stdout" in error && "stderr" in error)) throw error;
    return { code: Number(error.code), stdout: String(error.stdout), stderr: String(error.stderr) };
  }
}
