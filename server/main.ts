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
  const server = await startServer(env, openNextPages);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void server.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  console.error(`Replydesk cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
