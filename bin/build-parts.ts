import { spawn } from "node:child_process";
import { once } from "node:events";
import { type BuildOptions, build } from "esbuild";
import { buildPhone } from "../emulator/phone/build";

/** One thing that is built: its sources (files or folders from the root) and how. */
export type BuildPart = { name: string; sources: string[]; output: string; run(): Promise<void> };

const BUNDLE: BuildOptions = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: true,
  logLevel: "error",
};

const COMMON = ["package-lock.json", "tsconfig.json"];

export const BUILD_PARTS: BuildPart[] = [
  {
    name: "pages",
    sources: ["app", "components", "lib", "public", "next.config.js", "postcss.config.mjs", ...COMMON],
    output: ".next/BUILD_ID",
    run: buildPages,
  },
  {
    name: "server",
    sources: ["server", "lib", ...COMMON],
    output: "dist/server.js",
    run: () => bundle("server/main.ts", "dist/server.js"),
  },
  {
    name: "emulator",
    sources: ["emulator", ...COMMON],
    output: "dist/emulator.js",
    run: () => bundle("emulator/main.ts", "dist/emulator.js"),
  },
  {
    name: "phone",
    sources: ["emulator", ...COMMON],
    output: "dist/phone",
    run: async () => {
      await buildPhone("dist/phone");
    },
  },
];

/** esbuild's options for one entry; packages stay outside, `@/…` goes in. */
export function bundleOptions(entry: string, outfile: string): BuildOptions {
  return { ...BUNDLE, entryPoints: [entry], outfile };
}

async function bundle(entry: string, outfile: string): Promise<void> {
  await build(bundleOptions(entry, outfile));
}

async function buildPages(): Promise<void> {
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const said: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`next build failed:\n${Buffer.concat(said).toString("utf8")}`);
}
