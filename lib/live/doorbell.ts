import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { newId } from "../ids";
import { processHandles } from "../process-handles";

const CHANNEL = "replydesk";
const RECONNECT_MS = 1000;
/** Under load other processes hear of many rings at once: telling of each would cost more than what it tells of. */
const REST_MS = 10;

/**
 * `log:<workspace id>`, `log` for any of them, `deliveries`, `jobs:<queue>`, `jobs` for any of them, or `clock`: "there is
 * more", never what.
 */
export type Topic = `log:${string}` | "log" | "deliveries" | `jobs:${string}` | "jobs" | "clock";

const self = newId();
let waiting = new Set<Topic>();
let flushing = false;

function bell(): EventEmitter {
  const handles = processHandles();
  handles.bell ??= new EventEmitter().setMaxListeners(0);
  return handles.bell;
}

/** Wakes followers here at once, and those in other processes by a coalesced NOTIFY outside any transaction. */
export function ring(topic: Topic): void {
  bell().emit(topic);
  waiting.add(topic);
  if (!flushing) void flush();
}

/** @returns a function that stops listening */
export function onRing(topic: Topic, listener: () => void): () => void {
  bell().on(topic, listener);
  return () => bell().off(topic, listener);
}

async function flush(): Promise<void> {
  flushing = true;
  while (waiting.size > 0) {
    const topics = [...waiting];
    waiting = new Set();
    const { pool } = processHandles();
    // A lost bell costs a moment, never a message: followers also look every second.
    await pool
      ?.query("select pg_notify($1, $2)", [CHANNEL, `${self} ${topics.slice(0, 100).join(" ")}`])
      .catch(() => undefined);
    await delay(REST_MS, undefined, { ref: false });
  }
  flushing = false;
}

/**
 * Passes the rings of other processes on; reconnects by itself. The one connection that a process always holds.
 * @param name what it is called in the database's list of connections
 * @returns a function that ends it
 */
export function listenForDoorbell(databaseUrl: string, name = "replydesk doorbell"): () => Promise<void> {
  let client: pg.Client | null = null;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    if (stopped) return;
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: name,
      keepAlive: true,
    });
    client = next;
    next.on("notification", (notification) => {
      const [sender, ...topics] = (notification.payload ?? "").split(" ");
      if (sender === self) return;
      for (const topic of topics) bell().emit(topic);
    });
    const again = () => {
      next.removeAllListeners("end");
      if (!stopped) retry = setTimeout(() => void connect(), RECONNECT_MS);
    };
    next.on("error", () => next.end().catch(() => undefined));
    next.once("end", again);
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
    } catch {
      again();
    }
  }

  void connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end().catch(() => undefined);
  };
}
