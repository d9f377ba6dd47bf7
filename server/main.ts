import { writeAddress } from "../lib/desk-address";
import { readEnv } from "../lib/env";
import { errorMessage } from "../lib/errors";
import { log } from "../lib/log";
import { openNextPages } from "./next-pages";
import { startServer } from "./start-server";

/** EX_CONFIG of sysexits.h: starting again cannot help, and the service's unit does not try. */
const WRONG_SETTINGS = 78;

const { env, problems } = readEnv();
if (!env) {
  console.error(
    `Replydesk cannot start:\n${problems.map((problem) => `  - ${problem}`).join("\n")}\nEach setting is explained in .env.example.`,
  );
  process.exit(WRONG_SETTINGS);
}

try {
  const starting = startServer(env, openNextPages);
  // Asked to stop while still starting, it starts and stops: cut off half-way it would leave its database running.
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void starting
        .then((server) => server.stop())
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    });
  }
  const { port } = await starting;
  // A directory that cannot be written costs the operator's tool a question, not the desk its start.
  await writeAddress(env.DATA_DIR, { appUrl: env.APP_URL, localUrl: localUrl(env.HOST, port) }).catch((error) =>
    log.warn({ reason: errorMessage(error) }, "DATA_DIR cannot be written"),
  );
} catch (error) {
  console.error(`Replydesk cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

function localUrl(host: string, port: number): string {
  const own = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${own.includes(":") ? `[${own}]` : own}:${port}`;
}
