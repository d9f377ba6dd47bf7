import { readEnv } from "@/lib/env";
import { startServer } from "@/server/start-server";

/** The server process as `server/main.ts` starts it, with doors, streams and worker but without Next. */
const { env, problems } = readEnv();
if (!env) throw new Error(`These settings cannot be used: ${problems.join("; ")}`);

const server = await startServer(env, () => ({
  ready: Promise.resolve(),
  answer: async (_request, response) => {
    response.writeHead(404).end();
  },
  close: async () => undefined,
}));
process.once("SIGTERM", () => void server.stop().then(() => process.exit(0)));
