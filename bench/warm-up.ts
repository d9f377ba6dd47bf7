import type { BenchDatabase } from "./database";
import type { LoadRun, LoadTarget } from "./load-process";
import type { Part } from "./part";
import type { RunningServer } from "./server";
import { until } from "./until";

const PER_SECOND = 2_000;
const SECONDS = 4;

/** Before anything is measured the code is compiled, the customers are known and their profiles fetched. */
export async function warmUp(setup: {
  generator: Part;
  server: RunningServer;
  database: BenchDatabase;
  customers: number;
}): Promise<void> {
  const { generator, server, database, customers } = setup;
  const deliveries = { run: "w", posts: SECONDS * PER_SECOND, messagesPerPost: 1, customers };
  await generator.ask("prepare", { port: server.port, path: server.path, deliveries } satisfies LoadTarget);
  await generator.ask("run", { connections: 64, seconds: SECONDS, perSecond: PER_SECOND } satisfies LoadRun);
  await until(async () => {
    // What every channel has planned for later does not count.
    const { rows } = await database.pool.query(
      "select from delivery union all select from job where state <> 'dead' and run_at <= now() limit 1",
    );
    return rows.length === 0;
  }, "The warm-up was not projected.");
  // Autovacuum would do this a few seconds later; until then PostgreSQL plans for empty tables.
  await database.pool.query("vacuum analyze");
}
