import type { DatabaseServer } from "./database";
import type { LoadResult, LoadRun, LoadTarget } from "./load-process";
import { cpuMicros } from "./machine";
import { type Part, startPart } from "./part";
import { figure, type Measured, type Row, type Settings } from "./result";
import { type RunningServer, startFloor, startProduct } from "./server";
import { median, percentile } from "./timing";

const CONNECTIONS = 64;
const GOAL_PER_SECOND = 15_000;
const GOAL_RATIO = 0.7;
const GOAL_P99_MS = 15;
const GOAL_EVENTS_PER_SECOND = 40_000;
/** More than any run can use: what is not used costs memory only. */
const MOST_PER_SECOND = 45_000;

type Figures = {
  perSecond: number;
  p50: number;
  p99: number;
  serverMicros: number;
  databaseMicros: number;
  generatorMicros: number;
  refused: number;
};

/** How many signed POSTs a second are on disk and answered 200, against the least program that could do it, in turns. */
export async function measureIngest(databases: DatabaseServer, { quick }: Settings): Promise<Measured> {
  const database = await databases.create();
  const [product, floor, generator] = await Promise.all([
    startProduct({ databaseUrl: database.url, worker: "off" }),
    startFloor(database.url),
    startPart("dist/bench/load-process.js"),
  ]);
  let runs = 0;

  async function once(server: RunningServer, messagesPerPost: number, seconds: number): Promise<Figures> {
    await database.pool.query("truncate delivery, floor_delivery");
    await database.pool.query("checkpoint");
    runs += 1;
    return oneRun({ generator, server, databases, run: `i${runs}`, messagesPerPost, seconds });
  }

  try {
    const single = await inTurns(product, floor, (server, seconds) => once(server, 1, seconds), quick);
    const batches = await inTurns(product, floor, (server, seconds) => once(server, 50, seconds), true);
    return {
      name: "ingest",
      rows: rowsOf(single, batches),
      values: { connections: CONNECTIONS, single, batchesOf50: batches },
    };
  } finally {
    await Promise.all([product.stop(), floor.stop(), generator.end()]);
    await database.drop();
  }
}

type Turns = { product: Figures[]; floor: Figures[] };

/** A first turn of each warms up and is thrown away. */
async function inTurns(
  product: RunningServer,
  floor: RunningServer,
  once: (server: RunningServer, seconds: number) => Promise<Figures>,
  quick: boolean,
): Promise<Turns> {
  const turns: Turns = { product: [], floor: [] };
  await once(product, 2);
  await once(floor, 2);
  for (let turn = 0; turn < (quick ? 2 : 3); turn += 1) {
    turns.product.push(await once(product, quick ? 3 : 5));
    turns.floor.push(await once(floor, quick ? 3 : 5));
  }
  return turns;
}

async function oneRun(setup: {
  generator: Part;
  server: RunningServer;
  databases: DatabaseServer;
  run: string;
  messagesPerPost: number;
  seconds: number;
}): Promise<Figures> {
  const { generator, server, databases, messagesPerPost, seconds } = setup;
  const posts = Math.ceil((seconds * MOST_PER_SECOND) / Math.sqrt(messagesPerPost));
  await generator.ask("prepare", {
    port: server.port,
    path: server.path,
    deliveries: { run: setup.run, posts, messagesPerPost, customers: 500 },
  } satisfies LoadTarget);
  const before = { server: cpuMicros(server.pid), database: cpuMicros(databases.pid) };
  const result = await generator.ask<LoadResult>("run", { connections: CONNECTIONS, seconds } satisfies LoadRun);
  return {
    perSecond: ((result.answered - result.refused) * messagesPerPost) / result.seconds,
    p50: percentile(result.latencies, 0.5),
    p99: percentile(result.latencies, 0.99),
    serverMicros: (cpuMicros(server.pid) - before.server) / result.answered,
    databaseMicros: (cpuMicros(databases.pid) - before.database) / result.answered,
    generatorMicros: result.cpuMicros / result.answered,
    refused: result.refused,
  };
}

function rowsOf(single: Turns, batches: Turns): Row[] {
  const of = (turns: Figures[], key: keyof Figures) => median(turns.map((turn) => turn[key]));
  const both = (turns: Turns, key: keyof Figures) => ({ product: of(turns.product, key), floor: of(turns.floor, key) });
  const rate = both(single, "perSecond");
  const p50 = both(single, "p50");
  const p99 = both(single, "p99");
  const events = both(batches, "perSecond");
  const cost = (turns: Figures[]) =>
    [
      `${figure(of(turns, "serverMicros"))} µs`,
      `${figure(of(turns, "databaseMicros"))} µs PostgreSQL`,
      `${figure(of(turns, "generatorMicros"))} µs generator`,
    ].join(" + ");
  return [
    {
      measure: "ingest, 1 message a POST, 64 connections",
      product: `${figure(rate.product)}/s`,
      floor: `${figure(rate.floor)}/s`,
      ratio: rate.product / rate.floor,
      goal: "≥ 15,000/s, ratio ≥ 0.7",
      met: rate.product >= GOAL_PER_SECOND && rate.product / rate.floor >= GOAL_RATIO,
    },
    {
      measure: "… answered after, p50 / p99",
      product: `${figure(p50.product)} / ${figure(p99.product)} ms`,
      floor: `${figure(p50.floor)} / ${figure(p99.floor)} ms`,
      ratio: p99.product / p99.floor,
      goal: "p99 ≤ 15 ms",
      met: p99.product <= GOAL_P99_MS,
    },
    {
      measure: "… processor time a POST",
      product: cost(single.product),
      floor: cost(single.floor),
      ratio: null,
      goal: null,
      met: null,
    },
    {
      measure: "ingest, 50 messages a POST",
      product: `${figure(events.product)} events/s`,
      floor: `${figure(events.floor)} events/s`,
      ratio: events.product / events.floor,
      goal: "≥ 40,000 events/s",
      met: events.product >= GOAL_EVENTS_PER_SECOND,
    },
  ];
}
