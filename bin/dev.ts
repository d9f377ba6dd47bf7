import { watch } from "node:fs";
import { type BuildContext, context } from "esbuild";
import { errorMessage } from "@/lib/errors";
import { buildPhone } from "../emulator/phone/build";
import { bundleOptions } from "./build-parts";
import { runDesk, say } from "./run-desk";
import { Stopped } from "./stop-on-signal";
import type { Supervised } from "./supervise";

const SCRIPTS = { app: "dist/dev/server.js", emulator: "dist/dev/emulator.js", phone: "dist/dev/phone" };
/** An editor saves several files at once, and some files twice. */
const QUIET_MS = 100;

try {
  const server = await context(bundleOptions("server/main.ts", SCRIPTS.app));
  const emulator = await context(bundleOptions("emulator/main.ts", SCRIPTS.emulator));
  const desk = await runDesk({
    command: "npm run dev",
    environment: "development",
    scripts: SCRIPTS,
    quiet: false,
    build: async () => {
      await Promise.all([server.rebuild(), emulator.rebuild(), buildPhone(SCRIPTS.phone)]);
    },
  });
  onChange(["lib", "server"], () => replace("the app", server, desk.app));
  onChange(["emulator"], async () => {
    await buildPhone(SCRIPTS.phone);
    await replace("the emulator", emulator, desk.emulator);
  });
} catch (error) {
  if (!(error instanceof Stopped)) console.error(errorMessage(error));
  process.exit(error instanceof Stopped ? 0 : 1);
}

/** Code that does not build leaves the running process alone; the next change tries again. */
async function replace(name: string, bundle: BuildContext, running: Supervised): Promise<void> {
  await bundle.rebuild();
  say(`Restarting ${name} with the changed code.`);
  await running.restart();
}

/** One change at a time: what changes meanwhile is picked up afterwards. */
function onChange(folders: string[], act: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  for (const folder of folders) {
    watch(folder, { recursive: true }, (_event, file) => {
      if (!file || /\.test\.tsx?$/.test(file) || !/\.(ts|tsx|css|html)$/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        last = last.then(act).catch((error) => say(errorMessage(error)));
      }, QUIET_MS);
    });
  }
}
