import { errorMessage } from "@/lib/errors";
import { buildDesk } from "./build-desk";
import { runDesk, say } from "./run-desk";
import { Stopped } from "./stop-on-signal";

try {
  await runDesk({
    command: "npm run demo",
    environment: "production",
    scripts: { app: "dist/server.js", emulator: "dist/emulator.js", phone: "dist/phone" },
    quiet: true,
    build: () => buildDesk(say),
  });
} catch (error) {
  if (!(error instanceof Stopped)) console.error(errorMessage(error));
  process.exit(error instanceof Stopped ? 0 : 1);
}
