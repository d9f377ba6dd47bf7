import { createKeyring, encryptSecret, randomToken } from "@/lib/crypto";
import { newId } from "@/lib/ids";
import { type BenchDatabase, type DatabaseServer, ENCRYPTION_KEY } from "./database";
import { startGraphStandIn } from "./graph-stand-in";
import type { LoadResult, LoadRun, LoadTarget } from "./load-process";
import { cpuMicros } from "./machine";
import { waysOf } from "./measure-through";
import { type Part, startPart } from "./part";
import { figure, type Measured, type Settings } from "./result";
import { type RunningServer, startFloor, startProduct } from "./server";
import type { SinksSpec, SinksState } from "./sinks-process";
import type { StreamsArrivals } from "./streams-process";
import { monotonicMs, percentile } from "./timing";
import { until } from "./until";
import { warmUp } from "./warm-up";

const ENDPOINTS = 100;
const HANGING = 1;
const CUSTOMERS = 500;
/** Messages that all endpoints are told of while the latency is taken. */
const PER_SECOND = 15;
const GOAL_PER_SECOND = 1_500;
const GOAL_P50_MS = 30;

/** Bursts with and without the hanging endpoint, in turns. */
const ROUNDS = 4;
const GOAL_OF_ALONE = 0.9;

/**
 * `alone`: events a second told while no endpoint hangs; null where that was not asked. `micros`: processor time of each
 * for one event told, while so many a second are.
 */
type Figures = {
  perSecond: number;
  alone: number | null;
  p50: number;
  p99: number;
  calls: number;
  micros: { server: number; database: number };
};

/** 100 endpoints, one of which hangs, are told of every message: how many tellings a second, and how soon. */
export async function measureWebhooks(databases: DatabaseServer, { quick }: Settings): Promise<Measured> {
  const graph = await startGraphStandIn();
  const database = await databases.create();
  const sinks = await startPart("dist/bench/sinks-process.js");
  const ports = await sinks.ask<number[]>("open", { endpoints: ENDPOINTS, hanging: HANGING } satisfies SinksSpec);
  const floorEnv = { FLOOR_TARGETS: ports.join(",") };
  const [product, floor] = await Promise.all([
    startProduct({
      databaseUrl: database.url,
      worker: "on",
      graphUrl: graph.url,
      env: { OUTBOUND_ALLOW_CIDRS: "127.0.0.0/8" },
    }),
    startFloor(database.url, floorEnv),
  ]);
  try {
    const burst = quick ? 200 : 500;
    const seconds = quick ? 8 : 20;
    const ours = await figuresOf(product, databases, sinks, {
      burst,
      seconds,
      prepare: async (generator) => {
        await warmUp({ generator, server: product, database, customers: CUSTOMERS });
        await followLog(database);
        await addWebhooks(database, ports);
        await database.pool.query("vacuum analyze");
      },
      hang: async (on) => {
        const hanging = ports.slice(0, HANGING);
        if (on) await addWebhooks(database, hanging);
        else await database.pool.query("delete from webhook where target = any ($1)", [hanging.map(targetAt)]);
      },
    });
    await database.pool.query("delete from webhook");
    const bare = await figuresOf(floor, databases, sinks, { burst, seconds, prepare: async () => undefined });
    return {
      name: "webhooks",
      rows: [
        {
          measure: `events told to ${ENDPOINTS} endpoints, ${HANGING} hanging, ${burst} messages at once`,
          product: `${figure(ours.perSecond)}/s`,
          floor: `${figure(bare.perSecond)}/s`,
          ratio: ours.perSecond / bare.perSecond,
          goal: "≥ 1,500/s",
          met: ours.perSecond >= GOAL_PER_SECOND,
        },
        {
          measure: `what the ${ENDPOINTS - HANGING} healthy ones keep of that speed beside the hanging one`,
          product: `${figure(ours.perSecond)} of ${figure(ours.alone ?? Number.NaN)}/s`,
          floor: "",
          ratio: ours.perSecond / (ours.alone ?? Number.NaN),
          goal: `≥ ${GOAL_OF_ALONE}`,
          met: ours.perSecond >= GOAL_OF_ALONE * (ours.alone ?? Number.NaN),
        },
        {
          measure: `webhook → endpoint, ${PER_SECOND} messages/s to each of them, p50 / p99`,
          product: `${figure(ours.p50)} / ${figure(ours.p99)} ms`,
          floor: `${figure(bare.p50)} / ${figure(bare.p99)} ms`,
          ratio: ours.p50 / bare.p50,
          goal: "p50 ≤ 30 ms",
          met: ours.p50 <= GOAL_P50_MS,
        },
      ],
      values: { endpoints: ENDPOINTS, hanging: HANGING, burst, seconds, product: ours, floor: bare },
    };
  } finally {
    await Promise.all([product.stop(), floor.stop(), sinks.end()]);
    await graph.stop();
    await database.drop();
  }
}

async function figuresOf(
  server: RunningServer,
  databases: DatabaseServer,
  sinks: Part,
  run: {
    burst: number;
    seconds: number;
    prepare: (generator: Part) => Promise<void>;
    /** Takes the hanging endpoint away, or gives it back. */
    hang?: (on: boolean) => Promise<void>;
  },
): Promise<Figures> {
  const generator = await startPart("dist/bench/load-process.js");
  const post = async (name: string, posts: number, load: LoadRun) => {
    const deliveries = { run: name, posts, messagesPerPost: 1, customers: CUSTOMERS };
    await generator.ask("prepare", { port: server.port, path: server.path, deliveries } satisfies LoadTarget);
    await sinks.ask("forget");
    return generator.ask<LoadResult>("run", load);
  };
  const told = (messages: number) =>
    until(
      async () => (await sinks.ask<SinksState>("state")).arrivals >= messages * (ENDPOINTS - HANGING),
      "Not every endpoint was told.",
    );
  try {
    await run.prepare(generator);
    await post("v", PER_SECOND * 2, { connections: 4, seconds: 2, perSecond: PER_SECOND });
    await told(PER_SECOND * 2);

    const paced = PER_SECOND * run.seconds;
    const used = () => ({ server: cpuMicros(server.pid), database: cpuMicros(databases.pid) });
    const before = used();
    const result = await post("p", paced, { connections: 4, seconds: run.seconds, perSecond: PER_SECOND });
    await told(paced);
    const ways = waysOf(result, await sinks.ask<StreamsArrivals>("arrivals"));
    const { calls } = await sinks.ask<SinksState>("state");
    const after = used();
    const perEvent = (micros: number) => micros / (paced * (ENDPOINTS - HANGING));
    const micros = {
      server: perEvent(after.server - before.server),
      database: perEvent(after.database - before.database),
    };

    /** @returns milliseconds until everybody was told */
    const tellAtOnce = async (name: string) => {
      const startedAt = monotonicMs();
      await post(name, run.burst, { connections: 16, seconds: 1, perSecond: run.burst });
      await told(run.burst);
      return monotonicMs() - startedAt;
    };
    const spent = { beside: 0, alone: 0 };
    const beside = async (round: number) => {
      spent.beside += await tellAtOnce(`b${round}`);
    };
    const { hang } = run;
    const alone = async (round: number) => {
      await hang?.(false);
      spent.alone += await tellAtOnce(`a${round}`);
      await hang?.(true);
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      // Neither is always the first.
      const turns = !hang ? [beside] : round % 2 === 0 ? [beside, alone] : [alone, beside];
      for (const take of turns) await take(round);
    }
    const perSecond = (ms: number) => (ROUNDS * run.burst * (ENDPOINTS - HANGING)) / (ms / 1000);
    return {
      perSecond: perSecond(spent.beside),
      alone: hang ? perSecond(spent.alone) : null,
      p50: percentile(ways, 0.5),
      p99: percentile(ways, 0.99),
      calls,
      micros,
    };
  } finally {
    await generator.end();
  }
}

/** As the first webhook of a workspace makes the desk do. */
async function followLog({ pool }: BenchDatabase): Promise<void> {
  await pool.query(
    "insert into webhook_cursor (workspace_id, sequence) select workspace_id, last from workspace_sequence",
  );
}

function targetAt(port: number): string {
  return `http://127.0.0.1:${port}/hook`;
}

/** More than the product lets one workspace make; each is told of messages. */
async function addWebhooks({ pool }: BenchDatabase, ports: number[]): Promise<void> {
  const keyring = createKeyring(ENCRYPTION_KEY);
  const hooks = ports.map((port) => {
    const id = newId();
    const signing = `whsec_${Buffer.from(randomToken()).toString("base64")}`;
    return {
      id,
      target: targetAt(port),
      secret: encryptSecret(keyring, randomToken(), `webhook:${id}`).toString("hex"),
      signing: encryptSecret(keyring, signing, `webhook-signing:${id}`).toString("hex"),
    };
  });
  await pool.query(
    `insert into webhook (workspace_id, id, integration_id, target, triggers, secret_sealed, signing_secret_sealed, created_at)
     select w.id, h.id, $2, h.target, '["conversation:message"]', decode(h.secret, 'hex'), decode(h.signing, 'hex'), now()
     from workspace w, jsonb_to_recordset($1::jsonb) as h (id uuid, target text, secret text, signing text)`,
    [JSON.stringify(hooks), newId()],
  );
}
