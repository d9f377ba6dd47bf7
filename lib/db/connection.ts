import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { processHandles } from "../process-handles";

export type Database = NodePgDatabase<Record<string, never>>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Either of the two: reading verbs take both. */
export type Queryable = Database | Transaction;

// bigint columns are sequences and counters, far below 2^53; as strings they would compare wrongly.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** As many statements as the product has, with room; what comes later is planned each time. */
const MOST_PREPARED = 1_000;
const prepared = new Map<string, string>();

/** A statement met again is parsed and planned once per connection: that is half the time of a short one. */
function nameOf(text: string): string | undefined {
  const known = prepared.get(text);
  if (known !== undefined || prepared.size >= MOST_PREPARED) return known;
  const name = `desk_${prepared.size + 1}`;
  prepared.set(text, name);
  return name;
}

/**
 * Drizzle asks for every moment as text, also in hand-written statements; without its parsers both they and its own
 * columns get a Date. What it sends with values is prepared.
 */
class DeskClient extends pg.Client {
  // pg's overloads of query cannot be restated by an override without `any`; this one is put in its place instead.
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...given: unknown[]) => unknown;
    const plain = (first: unknown, ...rest: unknown[]): unknown => {
      if (typeof first !== "object" || first === null || !("types" in first)) return query(first, ...rest);
      const [values] = rest;
      const text = "text" in first && Array.isArray(values) && values.length > 0 ? String(first.text) : null;
      return query({ ...first, types: undefined, name: text === null ? undefined : nameOf(text) }, ...rest);
    };
    this.query = plain as typeof this.query;
  }
}

type PoolOptions = {
  max?: number;
  applicationName?: string;
  /** How long one statement may take, its wait for locks included; left out: as long as it needs. */
  statementTimeoutMs?: number;
};

/** @param url postgresql://… ; a socket directory goes into `?host=` */
export function openPool(url: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    Client: DeskClient,
    connectionString: url,
    max: options.max ?? 16,
    application_name: options.applicationName ?? "replydesk",
    connectionTimeoutMillis: 10_000,
    statement_timeout: options.statementTimeoutMs ?? false,
    keepAlive: true,
  });
  // A connection that breaks is replaced on next use. Without listeners it would end the process: an idle one through the
  // pool, one in use by itself, and there whoever waits for its answer is told already.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

export function databaseOf(pool: pg.Pool): Database {
  return drizzle(pool, { casing: "snake_case" });
}

/** The process's one pool, opened by the server before anything asks for it. */
export function sharedPool(): pg.Pool {
  const { pool } = processHandles();
  if (!pool) throw new Error("The database pool is opened by the server process; nothing opened it here.");
  return pool;
}

export function sharedDatabase(): Database {
  return databaseOf(sharedPool());
}
