import type { BenchDatabase, DatabaseServer } from "./database";
import { startGraphStandIn } from "./graph-stand-in";
import type { LoadResult, LoadRun, LoadTarget } from "./load-process";
import { waysOf } from "./measure-through";
import { startPart } from "./part";
import { figure, type Measured, type Settings } from "./result";
import { type RunningServer, startFloor, startProduct } from "./server";
import type { StreamsArrivals, StreamsSpec, StreamsState } from "./streams-process";
import { percentile } from "./timing";
import { until } from "./until";
import { warmUp } from "./warm-up";

const PER_SECOND = 200;
const STREAMS = 50;
const CUSTOMERS = 500;
const GOAL_P50_MS = 12;
const GOAL_P99_MS = 50;

type Figures = { p50: number; p99: number; worst: number; arrivals: number };

/** From the first byte of a webhook to its message's bytes at each of 50 open browsers. */
export async function measureLatency(databases: DatabaseServer, { quick }: Settings): Promise<Measured> {
  const graph = await startGraphStandIn();
  const database = await databases.create();
  const [product, floor] = await Promise.all([
    startProduct({ databaseUrl: database.url, worker: "on", graphUrl: graph.url }),
    startFloor(database.url),
  ]);
  try {
    const seconds = quick ? 10 : 30;
    const ours = await latencyOf(product, database, seconds);
    const bare = await latencyOf(floor, database, seconds);
    return {
      name: "latency",
      rows: [
        {
          measure: `webhook → bytes at ${STREAMS} browsers, ${PER_SECOND}/s, p50 / p99`,
          product: `${figure(ours.p50)} / ${figure(ours.p99)} ms`,
          floor: `${figure(bare.p50)} / ${figure(bare.p99)} ms`,
          ratio: ours.p50 / bare.p50,
          goal: "≤ 12 / 50 ms",
          met: ours.p50 <= GOAL_P50_MS && ours.p99 <= GOAL_P99_MS && ours.arrivals === seconds * PER_SECOND * STREAMS,
        },
      ],
      values: { perSecond: PER_SECOND, streams: STREAMS, seconds, product: ours, floor: bare },
    };
  } finally {
    await Promise.all([product.stop(), floor.stop()]);
    await graph.stop();
    await database.drop();
  }
}

async function latencyOf(server: RunningServer, database: BenchDatabase, seconds: number): Promise<Figures> {
  const [generator, streams] = await Promise.all([
    startPart("dist/bench/load-process.js"),
    startPart("dist/bench/streams-process.js"),
  ]);
  try {
    await warmUp({ generator, server, database, customers: CUSTOMERS });
    const { rows } = await database.pool.query<{ last: number }>("select last from workspace_sequence");
    await streams.ask("open", {
      port: server.port,
      cookie: database.cookie,
      after: rows[0]?.last ?? 0,
      clients: STREAMS,
      read: STREAMS,
    } satisfies StreamsSpec);
    const posts = seconds * PER_SECOND;
    await generator.ask("prepare", {
      port: server.port,
      path: server.path,
      deliveries: { run: "l", posts, messagesPerPost: 1, customers: CUSTOMERS },
    } satisfies LoadTarget);
    const paced: LoadRun = { connections: 16, seconds, perSecond: PER_SECOND };
    const result = await generator.ask<LoadResult>("run", paced);
    await until(
      async () => (await streams.ask<StreamsState>("state")).arrivals === posts * STREAMS,
      "Not every message came to every stream.",
    );
    const ways = waysOf(result, await streams.ask<StreamsArrivals>("arrivals"));
    return {
      p50: percentile(ways, 0.5),
      p99: percentile(ways, 0.99),
      worst: percentile(ways, 1),
      arrivals: ways.length,
    };
  } finally {
    await Promise.all([generator.end(), streams.end()]);
  }
}
