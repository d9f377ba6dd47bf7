import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { processHandles } from "../process-handles";

export type Database = NodePgDatabase<Record<string, never>>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Either of the two: reading verbs take both. */
export type Queryable = Database | Transaction;

// bigint columns are sequences and counters, far below 2^53; as strings they would compare wrongly.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** @param url postgresql://… ; a socket directory goes into `?host=` */
export function openPool(url: string, options: { max?: number; applicationName?: string } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 16,
    application_name: options.applicationName ?? "replydesk",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced on next use; without a listener it would end the process.
  pool.on("error", () => undefined);
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
