import { writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { errorMessage } from "@/lib/errors";
import { type DatabaseServer, startDatabaseServer } from "../bench/database";
import { load, type Machine, machine, watchOthers } from "../bench/machine";
import { measureColdStart } from "../bench/measure-cold-start";
import { measureIngest } from "../bench/measure-ingest";
import { measureLatency } from "../bench/measure-latency";
import { measureSearch } from "../bench/measure-search";
import { measureThrough } from "../bench/measure-through";
import { measureWebhooks } from "../bench/measure-webhooks";
import { type Measured, type Settings, table } from "../bench/result";
import { buildDesk } from "./build-desk";
import { bundleOptions } from "./build-parts";
import { stopOnSignal } from "./stop-on-signal";

const MEASURES: Record<string, (databases: DatabaseServer, settings: Settings) => Promise<Measured>> = {
  ingest: measureIngest,
  through: measureThrough,
  latency: measureLatency,
  "cold-start": measureColdStart,
  search: measureSearch,
  webhooks: measureWebhooks,
};
const RESULTS = "bench-results.json";
const USAGE = `npm run bench -- [--quick] [${Object.keys(MEASURES).join("] [")}]`;
/** From this share of the cores on, what others do is said beside the figures. */
const NOTABLE_SHARE = 0.1;

type Result = Measured & { loadBefore: number; othersShare: number | null };

try {
  await bench(process.argv.slice(2));
} catch (error) {
  console.error(errorMessage(error));
  process.exitCode = 1;
}

async function bench(given: string[]): Promise<void> {
  const names = given.filter((word) => word !== "--quick");
  const unknown = names.find((name) => !(name in MEASURES));
  if (unknown !== undefined) throw new Error(`There is no measure "${unknown}". ${USAGE}`);
  const chosen = names.length > 0 ? names : Object.keys(MEASURES);
  await buildDesk((line) => console.log(line));
  for (const part of ["floor-process", "load-process", "sinks-process", "streams-process"])
    await build(bundleOptions(`bench/${part}.ts`, `dist/bench/${part}.js`));

  const here = machine();
  console.log(`${here.cpu}, ${here.cores} cores, ${here.memoryGiB} GiB, Node ${here.node}`);
  const stopping = stopOnSignal();
  const databases = await startDatabaseServer();
  stopping.add(databases);
  stopping.ready();
  const results: Result[] = [];
  try {
    for (const name of chosen) results.push(await measured(name, databases, { quick: given.includes("--quick") }));
  } finally {
    await stopping.stopNow();
  }
  await report(here, results);
}

async function measured(name: string, databases: DatabaseServer, settings: Settings): Promise<Result> {
  const measure = MEASURES[name];
  if (!measure) throw new Error(`There is no measure "${name}".`);
  console.log(`\nMeasuring ${name} …`);
  const loadBefore = load();
  const others = watchOthers();
  const result = { ...(await measure(databases, settings)), loadBefore, othersShare: others() };
  console.log(table(result.rows));
  const { othersShare } = result;
  if (othersShare !== null && othersShare > NOTABLE_SHARE)
    console.log(
      `Other programs used ${Math.round(othersShare * 100)} % of this machine meanwhile: alone it does more.`,
    );
  return result;
}

async function report(here: Machine, results: Result[]): Promise<void> {
  await writeFile(RESULTS, `${JSON.stringify({ at: new Date().toISOString(), machine: here, results }, null, 2)}\n`);
  const rows = results.flatMap((result) => result.rows);
  const missed = rows.filter((row) => row.met === false).length;
  const goals = rows.filter((row) => row.met !== null).length;
  console.log(`\n${goals - missed} of ${goals} goals met. Everything measured is in ${RESULTS}.`);
}
