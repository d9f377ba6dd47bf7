import { writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { errorMessage } from "@/lib/errors";
import { startDatabaseServer } from "../bench/database";
import { load, machine } from "../bench/machine";
import { measureColdStart } from "../bench/measure-cold-start";
import { measureIngest } from "../bench/measure-ingest";
import { measureLatency } from "../bench/measure-latency";
import { measureThrough } from "../bench/measure-through";
import { type Measured, table } from "../bench/result";
import { buildDesk } from "./build-desk";
import { bundleOptions } from "./build-parts";

const MEASURES = {
  ingest: measureIngest,
  through: measureThrough,
  latency: measureLatency,
  "cold-start": measureColdStart,
};
const RESULTS = "bench-results.json";
const USAGE = `npm run bench -- [--quick] [${Object.keys(MEASURES).join("] [")}]`;

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
  const chosen = Object.entries(MEASURES).filter(([name]) => names.length === 0 || names.includes(name));
  await buildDesk((line) => console.log(line));
  for (const part of ["floor-process", "load-process", "streams-process"])
    await build(bundleOptions(`bench/${part}.ts`, `dist/bench/${part}.js`));

  const here = machine();
  console.log(`${here.cpu}, ${here.cores} cores, ${here.memoryGiB} GiB, Node ${here.node}; load ${load()}`);
  const databases = await startDatabaseServer();
  const measured: Measured[] = [];
  try {
    for (const [name, measure] of chosen) {
      console.log(`Measuring ${name} …`);
      const result = await measure(databases, { quick: given.includes("--quick") });
      measured.push(result);
      console.log(`${table(result.rows)}\n`);
    }
  } finally {
    await databases.stop();
  }
  if (measured.length > 1) console.log(`${table(measured.flatMap(({ rows }) => rows))}\n`);
  await writeFile(RESULTS, `${JSON.stringify({ at: new Date().toISOString(), machine: here, measured }, null, 2)}\n`);
  console.log(`Everything measured is in ${RESULTS}.`);
}
