import { errorMessage } from "@/lib/errors";
import { buildDesk } from "./build-desk";
import { connectSite } from "./connect-site";
import { runDesk, say } from "./run-desk";
import { Stopped } from "./stop-on-signal";

// Of its own: what the demo has connected is the demo's.
process.env.DATA_DIR ||= ".data/example-connect";

try {
  await runDesk({
    command: "npm run example:connect",
    environment: "production",
    scripts: { app: "dist/server.js", emulator: "dist/emulator.js", phone: "dist/phone" },
    quiet: true,
    build: () => buildDesk(say),
    beside: connectSite,
  });
} catch (error) {
  if (!(error instanceof Stopped)) console.error(errorMessage(error));
  process.exit(error instanceof Stopped ? 0 : 1);
}
