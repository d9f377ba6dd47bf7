import { type Archive, fillArchive, LONG, randomNumbers } from "./archive";
import type { BenchDatabase, DatabaseServer } from "./database";
import { figure, type Measured, type Settings } from "./result";
import { type RunningServer, startProduct } from "./server";
import { monotonicMs, percentile } from "./timing";

const MESSAGES = 1_000_000;
const QUICK_MESSAGES = 100_000;
/** Questions of each kind. */
const OF_A_KIND = 60;
const QUICK_OF_A_KIND = 20;
const GOAL_P95_MS = 100;

type Figures = { p50: number; p95: number; p99: number; worst: number };

/** From the question to the last byte of the answer, at the door of the built product, among a million messages. */
export async function measureSearch(databases: DatabaseServer, { quick }: Settings): Promise<Measured> {
  const database = await databases.create();
  try {
    const given = Number(process.env.BENCH_SEARCH_MESSAGES);
    const archive = await fillArchive(database, given || (quick ? QUICK_MESSAGES : MESSAGES));
    const product = await startProduct({ databaseUrl: database.url, worker: "off" });
    try {
      return await measureAt(product, database, archive, quick ? QUICK_OF_A_KIND : OF_A_KIND);
    } finally {
      await product.stop();
    }
  } finally {
    await database.drop();
  }
}

async function measureAt(
  product: RunningServer,
  database: BenchDatabase,
  archive: Archive,
  ofAKind: number,
): Promise<Measured> {
  const kinds = questionsOf(archive.words, ofAKind);
  const within = `&conversation=${archive.longConversationId}`;
  for (const [question = ""] of Object.values(kinds)) await ask(product, database.cookie, question, "");
  const everywhere = await timesOf(product, database.cookie, kinds, "");
  const inside = await timesOf(product, database.cookie, kinds, within);
  const floor = figuresOf(await floorTimes(database, ofAKind * Object.keys(kinds).length));
  const row = (measure: string, times: Record<string, number[]>) => {
    const ours = figuresOf(Object.values(times).flat());
    return {
      measure,
      product: `${figure(ours.p50)} / ${figure(ours.p95)} / ${figure(ours.p99)} ms`,
      floor: `${figure(floor.p50)} / ${figure(floor.p95)} / ${figure(floor.p99)} ms`,
      ratio: ours.p95 / floor.p95,
      goal: `p95 ≤ ${GOAL_P95_MS} ms`,
      met: ours.p95 <= GOAL_P95_MS,
    };
  };
  const byKind = (times: Record<string, number[]>) =>
    Object.fromEntries(Object.entries(times).map(([kind, all]) => [kind, figuresOf(all)]));
  return {
    name: "search",
    rows: [
      row(`search over ${figure(archive.messages)} messages, p50 / p95 / p99`, everywhere),
      row(`find within one conversation of ${figure(LONG)}, p50 / p95 / p99`, inside),
    ],
    values: { messages: archive.messages, everywhere: byKind(everywhere), inside: byKind(inside), floor },
  };
}

/** What people type, from the word in every other message to the word that nobody wrote. */
function questionsOf(words: string[], ofAKind: number): Record<string, string[]> {
  const random = randomNumbers(7);
  const among = (from: number, to: number) => words[Math.floor(from + random() * (to - from))] ?? "";
  const kinds: Record<string, () => string> = {
    frequent: () => among(0, 20),
    usual: () => among(100, 2_000),
    rare: () => among(10_000, words.length),
    absent: () => `${among(0, words.length)}xyz`,
    "one letter": () => among(0, words.length).slice(0, 1),
    "two letters": () => among(0, words.length).slice(0, 2),
    beginning: () => among(0, words.length).slice(0, 4),
    "two frequent words": () => `${among(0, 20)} ${among(0, 20)}`,
    "two usual words": () => `${among(100, 2_000)} ${among(100, 2_000)}`,
    "a rare word and a letter": () => `${among(10_000, words.length)} ${among(0, 20).slice(0, 1)}`,
  };
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, question]) => [kind, Array.from({ length: ofAKind }, question)]),
  );
}

async function timesOf(
  product: RunningServer,
  cookie: string,
  kinds: Record<string, string[]>,
  within: string,
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = {};
  for (const [kind, questions] of Object.entries(kinds)) {
    times[kind] = [];
    for (const question of questions) times[kind].push(await ask(product, cookie, question, within));
  }
  return times;
}

async function ask(product: RunningServer, cookie: string, question: string, within: string): Promise<number> {
  const address = `http://127.0.0.1:${product.port}/api/inbox/search?q=${encodeURIComponent(question)}${within}`;
  const asked = monotonicMs();
  const response = await fetch(address, { headers: { cookie } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The search was answered with ${response.status}.`);
  return monotonicMs() - asked;
}

/** The least that could be done: fifty messages by their keys, straight from PostgreSQL. */
async function floorTimes({ pool }: BenchDatabase, times: number): Promise<number[]> {
  const { rows } = await pool.query<{ workspaceId: string; id: string }>(
    `select workspace_id as "workspaceId", id from message tablesample system (1) repeatable (1) limit 5000`,
  );
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const ids = Array.from({ length: 50 }, (_, n) => rows[(time * 131 + n * 97) % rows.length]?.id);
    const asked = monotonicMs();
    await pool.query("select id, text, sent_at from message where workspace_id = $1 and id = any($2::uuid[])", [
      rows[0]?.workspaceId,
      ids,
    ]);
    all.push(monotonicMs() - asked);
  }
  return all;
}

function figuresOf(times: number[]): Figures {
  const sorted = times.slice().sort((a, b) => a - b);
  const [p50, p95, p99, worst] = [0.5, 0.95, 0.99, 1].map((share) => percentile(sorted, share));
  return { p50: p50 ?? 0, p95: p95 ?? 0, p99: p99 ?? 0, worst: worst ?? 0 };
}
