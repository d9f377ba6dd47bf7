import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type DatabaseServer, temporaryDir } from "./database";
import { prepareRequests } from "./deliveries";
import { figure, type Measured, type Settings } from "./result";
import { type RunningServer, spawnFloor, spawnProduct } from "./server";
import { median, monotonicMs } from "./timing";

const GOAL_EMBEDDED_MS = 1_500;
const GOAL_EXTERNAL_MS = 900;
const DEADLINE_MS = 60_000;
const KNOCK_EVERY_MS = 5;

/** From the start of the process until the webhook door takes its first delivery. */
export async function measureColdStart(databases: DatabaseServer, { quick }: Settings): Promise<Measured> {
  const times = quick ? 3 : 7;
  const dataDir = await temporaryDir();
  const database = await databases.create();
  try {
    const first = await startOnce(() => spawnProduct({ dataDir, worker: "on" }));
    const embedded = await repeat(times, () => spawnProduct({ dataDir, worker: "on" }));
    const external = await repeat(times, () => spawnProduct({ databaseUrl: database.url, worker: "on" }));
    const floor = await repeat(times, () => spawnFloor(database.url));
    const row = (measure: string, ours: number[], goalMs: number) => ({
      measure,
      product: `${figure(median(ours))} ms (worst ${figure(Math.max(...ours))})`,
      floor: `${figure(median(floor))} ms`,
      ratio: median(ours) / median(floor),
      goal: `≤ ${figure(goalMs)} ms`,
      met: median(ours) <= goalMs,
    });
    return {
      name: "cold start",
      rows: [
        row("start → first 200 at the webhook, embedded database, second start", embedded, GOAL_EMBEDDED_MS),
        row("start → first 200 at the webhook, external database", external, GOAL_EXTERNAL_MS),
      ],
      values: { firstEmbeddedMs: first, embeddedMs: embedded, externalMs: external, floorMs: floor },
    };
  } finally {
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function repeat(times: number, spawn: () => Promise<RunningServer>): Promise<number[]> {
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) all.push(await startOnce(spawn));
  return all;
}

async function startOnce(spawn: () => Promise<RunningServer>): Promise<number> {
  const server = await spawn();
  try {
    const [delivery = Buffer.alloc(0)] = prepareRequests(
      { run: "c", posts: 1, messagesPerPost: 1, customers: 1 },
      server,
    );
    const deadline = Date.now() + DEADLINE_MS;
    while (!(await takes(server.port, delivery))) {
      if (Date.now() > deadline) throw new Error("The server did not take a delivery.");
      await wait(KNOCK_EVERY_MS);
    }
    const took = monotonicMs() - server.spawnedAt;
    // Stopped half-started it would leave its database running, and the next start would find that.
    await server.untilReady();
    return took;
  } finally {
    await server.stop();
  }
}

function takes(port: number, delivery: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => socket.write(delivery));
    socket.once("error", () => resolve(false));
    socket.once("data", (answer) => {
      resolve(answer.toString("latin1", 0, 12) === "HTTP/1.1 200");
      socket.destroy();
    });
    socket.once("close", () => resolve(false));
  });
}
