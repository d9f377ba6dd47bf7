import { readEnv } from "../lib/env";
import { openNextPages } from "./next-pages";
import { startServer } from "./start-server";

const { env, problems } = readEnv();
if (!env) {
  console.error(
    `Replydesk cannot start:\n${problems.map((problem) => `  - ${problem}`).join("\n")}\nEach setting is explained in .env.example.`,
  );
  process.exit(1);
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
  await starting;
} catch (error) {
  console.error(`Replydesk cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
