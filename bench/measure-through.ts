import { setTimeout as wait } from "node:timers/promises";
import type { BenchDatabase, DatabaseServer } from "./database";
import { APP_ID, prepareRequests } from "./deliveries";
import { startGraphStandIn } from "./graph-stand-in";
import type { LoadResult, LoadRun, LoadTarget } from "./load-process";
import { cpuMicros } from "./machine";
import { type Part, startPart } from "./part";
import { figure, type Measured, type Settings } from "./result";
import { type RunningServer, startFloor, startProduct } from "./server";
import type { StreamsArrivals, StreamsSpec, StreamsState } from "./streams-process";
import { percentile } from "./timing";
import { until } from "./until";
import { warmUp } from "./warm-up";

const OFFERED_PER_SECOND = 3_000;
const CUSTOMERS = 500;
const STREAMS = 50;
const BACKLOG = 20_000;

/** One second of the run: deliveries that wait, and events that the slowest stream has not got. */
type Sample = { second: number; waiting: number; streamsBehind: number };

type Outcome = {
  result: LoadResult;
  samples: Sample[];
  rows: number;
  streamed: number;
  cuts: number;
  caughtUpMs: number;
  micros: { server: number; database: number; generator: number; streams: number };
  reachedP50: number;
  reachedP99: number;
};

/** Messages from the door to rows and to every open browser, at a steady rate, with the worker in the same process. */
export async function measureThrough(databases: DatabaseServer, { quick }: Settings): Promise<Measured> {
  const product = await throughProduct(databases, quick ? 15 : 60);
  const floor = await throughFloor(databases, 10);
  const backlogPerSecond = await workOffBacklog(databases);
  const perSecond = product.rows / (product.result.seconds + product.caughtUpMs / 1000);
  const worst = Math.max(...product.samples.map((sample) => sample.waiting));
  const behind = Math.max(...product.samples.map((sample) => sample.streamsBehind));
  const complete = product.rows === product.result.answered && product.streamed === product.rows;
  return {
    name: "through",
    rows: [
      {
        measure: `to rows and ${STREAMS} streams, ${figure(OFFERED_PER_SECOND)}/s offered for ${figure(product.result.seconds)} s`,
        product: `${figure(perSecond)}/s`,
        floor: `${figure(floor.result.answered / floor.result.seconds)}/s`,
        ratio: null,
        goal: "≥ 3,000/s, nothing missing",
        // The last message's own way is part of the time.
        met: perSecond >= OFFERED_PER_SECOND * 0.99 && complete,
      },
      {
        measure: "… most deliveries waiting, caught up after the end in",
        product: `${figure(worst)}, ${figure(product.caughtUpMs)} ms`,
        floor: "",
        ratio: null,
        goal: "flat: under one second's load",
        met: worst < OFFERED_PER_SECOND && product.caughtUpMs < 1000,
      },
      {
        measure: "… most events a stream was behind; POST → stream p50 / p99",
        product: `${figure(behind)}; ${figure(product.reachedP50)} / ${figure(product.reachedP99)} ms`,
        floor: `${figure(floor.reachedP50)} / ${figure(floor.reachedP99)} ms`,
        ratio: null,
        goal: null,
        met: null,
      },
      {
        measure: `a backlog of ${figure(BACKLOG)} deliveries worked off, without streams`,
        product: `${figure(backlogPerSecond)}/s`,
        floor: "",
        ratio: null,
        goal: null,
        met: null,
      },
      {
        measure: "… processor time a message",
        product: costOf(product),
        floor: costOf(floor),
        ratio: null,
        goal: null,
        met: null,
      },
    ],
    values: {
      offeredPerSecond: OFFERED_PER_SECOND,
      streams: STREAMS,
      customers: CUSTOMERS,
      perSecond,
      backlogPerSecond,
      product: plain(product),
      floor: plain(floor),
    },
  };
}

async function throughProduct(databases: DatabaseServer, seconds: number): Promise<Outcome> {
  const graph = await startGraphStandIn();
  const database = await databases.create();
  const server = await startProduct({ databaseUrl: database.url, worker: "on", graphUrl: graph.url });
  try {
    return await through({ databases, database, server, seconds });
  } finally {
    await server.stop();
    await graph.stop();
    await database.drop();
  }
}

async function throughFloor(databases: DatabaseServer, seconds: number): Promise<Outcome> {
  const database = await databases.create();
  const server = await startFloor(database.url);
  try {
    return await through({ databases, database, server, seconds });
  } finally {
    await server.stop();
    await database.drop();
  }
}

/** What an outage leaves behind: everything is there at once, and nothing else is to be done. */
async function workOffBacklog(databases: DatabaseServer): Promise<number> {
  const graph = await startGraphStandIn();
  const database = await databases.create();
  const server = await startProduct({ databaseUrl: database.url, worker: "on", graphUrl: graph.url });
  const generator = await startPart("dist/bench/load-process.js");
  try {
    await warmUp({ generator, server, database, customers: CUSTOMERS });
    const before = await countRows(database);
    const deliveries = { run: "b", posts: BACKLOG, messagesPerPost: 1, customers: CUSTOMERS };
    const bodies = prepareRequests(deliveries, server).map((request) =>
      request.subarray(request.indexOf("\r\n\r\n") + 4),
    );
    await database.pool.query(
      "insert into delivery (facebook_app_id, body) select $1, body from unnest($2::bytea[]) as each(body)",
      [APP_ID, bodies],
    );
    const startedAt = performance.now();
    await until(async () => (await countRows(database)) === before + BACKLOG, "The backlog was not worked off.");
    return BACKLOG / ((performance.now() - startedAt) / 1000);
  } finally {
    await Promise.all([server.stop(), generator.end()]);
    await graph.stop();
    await database.drop();
  }
}

async function through(setup: {
  databases: DatabaseServer;
  database: BenchDatabase;
  server: RunningServer;
  seconds: number;
}): Promise<Outcome> {
  const { databases, database, server, seconds } = setup;
  const [generator, streams] = await Promise.all([
    startPart("dist/bench/load-process.js"),
    startPart("dist/bench/streams-process.js"),
  ]);
  try {
    await warmUp({ generator, server, database, customers: CUSTOMERS });
    const after = await lastEvent(database);
    await streams.ask("open", {
      port: server.port,
      cookie: database.cookie,
      after,
      clients: STREAMS,
      read: 1,
    } satisfies StreamsSpec);
    const posts = seconds * OFFERED_PER_SECOND;
    await generator.ask("prepare", {
      port: server.port,
      path: server.path,
      deliveries: { run: "t", posts, messagesPerPost: 1, customers: CUSTOMERS },
    } satisfies LoadTarget);
    const rowsBefore = await countRows(database);
    const before = { server: cpuMicros(server.pid), database: cpuMicros(databases.pid), streams: await cpuOf(streams) };
    const sampling = startSampling(database, streams);
    const result = await generator.ask<LoadResult>("run", {
      connections: 64,
      seconds,
      perSecond: OFFERED_PER_SECOND,
    } satisfies LoadRun);
    const caughtUpMs = await catchUp(database, streams, posts);
    const samples = await sampling.stop();
    const state = await streams.ask<StreamsState>("state");
    const arrivals = await streams.ask<StreamsArrivals>("arrivals");
    const ways = waysOf(result, arrivals);
    const perMessage = (micros: number) => micros / posts;
    return {
      result,
      samples,
      rows: (await countRows(database)) - rowsBefore,
      streamed: state.messages,
      cuts: state.cuts,
      caughtUpMs,
      micros: {
        server: perMessage(cpuMicros(server.pid) - before.server),
        database: perMessage(cpuMicros(databases.pid) - before.database),
        generator: perMessage(result.cpuMicros),
        streams: perMessage((await cpuOf(streams)) - before.streams),
      },
      reachedP50: percentile(ways, 0.5),
      reachedP99: percentile(ways, 0.99),
    };
  } finally {
    await Promise.all([generator.end(), streams.end()]);
  }
}

function startSampling(database: BenchDatabase, streams: Part): { stop(): Promise<Sample[]> } {
  const samples: Sample[] = [];
  let stopped = false;
  const sampled = (async () => {
    for (let second = 1; !stopped; second += 1) {
      await wait(1000);
      const last = await lastEvent(database);
      const { slowest } = await streams.ask<StreamsState>("state");
      samples.push({ second, waiting: await waiting(database), streamsBehind: Math.max(0, last - slowest) });
    }
  })();
  return {
    async stop() {
      stopped = true;
      await sampled;
      return samples;
    },
  };
}

/** @returns milliseconds from the last answer at the door until the last message stood in every stream */
async function catchUp(database: BenchDatabase, streams: Part, posts: number): Promise<number> {
  const startedAt = performance.now();
  await until(async () => {
    const { slowest, messages } = await streams.ask<StreamsState>("state");
    return messages >= posts && slowest >= (await lastEvent(database)) && (await waiting(database)) === 0;
  }, "Rows and streams did not catch up.");
  return performance.now() - startedAt;
}

async function waiting({ pool }: BenchDatabase): Promise<number> {
  return count(pool, "select count(*) as n from delivery");
}

async function countRows({ pool }: BenchDatabase): Promise<number> {
  return count(pool, "select (select count(*) from message) + (select count(*) from floor_delivery) as n");
}

async function lastEvent({ pool }: BenchDatabase): Promise<number> {
  return count(pool, "select last as n from workspace_sequence");
}

async function count(pool: BenchDatabase["pool"], text: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(text);
  return rows[0]?.n ?? 0;
}

async function cpuOf(streams: Part): Promise<number> {
  return (await streams.ask<StreamsState>("state")).cpuMicros;
}

/** Milliseconds from each message's first byte to its bytes at the client, sorted. */
export function waysOf(result: LoadResult, arrivals: StreamsArrivals): Float64Array {
  return arrivals.at.map((at, index) => at - (result.sentAt[arrivals.number[index] ?? 0] ?? 0)).sort();
}

function costOf({ micros }: Outcome): string {
  return [
    `${figure(micros.server)} µs`,
    `${figure(micros.database)} µs PostgreSQL`,
    `${figure(micros.generator + micros.streams)} µs clients`,
  ].join(" + ");
}

function plain({ result, ...outcome }: Outcome): Record<string, unknown> {
  return {
    ...outcome,
    answered: result.answered,
    refused: result.refused,
    seconds: result.seconds,
    answeredP50: percentile(result.latencies, 0.5),
    answeredP99: percentile(result.latencies, 0.99),
  };
}
