import pg from "pg";

/** Deliveries that wait for their commit; beyond either bound, or this long, Meta is told to come again. */
const MAX_ROWS = 20_000;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_WAIT_MS = 4_000;
const RECONNECT_MS = 500;
/** A connection that is silent for longer is dead, whatever TCP believes: behind a broken network it would wait for hours. */
const SILENCE_MS = 3_500;

export type WaitingRoom = {
  /** Resolves true once the row is committed and on disk, false when it was not taken. */
  commit(facebookAppId: string, body: Buffer): Promise<boolean>;
  close(): Promise<void>;
};

type Waiting = { facebookAppId: string; body: Buffer; settle: (committed: boolean) => void };

const INSERT = {
  name: "insert-deliveries",
  text: `insert into delivery (facebook_app_id, received_at, body)
    select app, (select desk_now()), substring($1::bytea from start for length)
    from unnest($2::text[], $3::int[], $4::int[]) as each(app, start, length)`,
};

/**
 * Commits waiting deliveries together: at once when nothing is in flight, else with the next round, never by a timer.
 * One connection of its own, so that pages and workers cannot hold it up.
 * @param onCommit called after each round
 */
export function openWaitingRoom(databaseUrl: string, onCommit: () => void): WaitingRoom {
  let client: pg.Client | null = null;
  let waiting: Waiting[] = [];
  let bytes = 0;
  let busy: Promise<void> | null = null;
  let retryAt = 0;

  async function connected(): Promise<pg.Client> {
    if (client) return client;
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: "replydesk door",
      keepAlive: true,
      connectionTimeoutMillis: SILENCE_MS,
      query_timeout: SILENCE_MS,
    });
    next.on("error", () => {
      client = null;
    });
    await next.connect();
    // The 200 to Meta promises that the delivery is on disk, whatever the server's default is.
    await next.query("set synchronous_commit = on");
    client = next;
    return next;
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const round = waiting;
      waiting = [];
      bytes = 0;
      const committed = await insert(round);
      for (const row of round) row.settle(committed);
      if (committed) onCommit();
    }
  }

  async function insert(round: Waiting[]): Promise<boolean> {
    if (!client && Date.now() < retryAt) return false;
    try {
      const lengths = round.map((row) => row.body.length);
      let next = 1;
      const starts = lengths.map((length) => {
        const start = next;
        next += length;
        return start;
      });
      const connection = await connected();
      await connection.query({
        ...INSERT,
        values: [Buffer.concat(round.map((row) => row.body)), round.map((row) => row.facebookAppId), starts, lengths],
      });
      return true;
    } catch {
      // Not committed as far as anyone knows: Meta is answered 503 and delivers again, which is harmless.
      retryAt = Date.now() + RECONNECT_MS;
      await client?.end().catch(() => undefined);
      client = null;
      return false;
    }
  }

  return {
    commit(facebookAppId, body) {
      if (waiting.length >= MAX_ROWS || bytes + body.length > MAX_BYTES) return Promise.resolve(false);
      bytes += body.length;
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), MAX_WAIT_MS);
        waiting.push({
          facebookAppId,
          body,
          settle: (committed) => {
            clearTimeout(timer);
            resolve(committed);
          },
        });
        busy ??= flush().finally(() => {
          busy = null;
        });
      });
    },
    async close() {
      await busy;
      await client?.end().catch(() => undefined);
    },
  };
}
