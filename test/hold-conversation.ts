import pg from "pg";
import { until } from "./until";

export type HeldConversation = {
  /** Resolves once somebody else waits for the conversation. */
  wanted(): Promise<void>;
  /** Locks another one, too; whoever has that one and waits for the first is broken off by the database. */
  cross(conversationId: string): Promise<void>;
  release(): Promise<void>;
};

/**
 * Locks a conversation's row, so that whoever writes to it stands still in the middle of the work.
 * @param options.worker whether a worker runs that may be looking customers up
 */
export async function holdConversation(
  databaseUrl: string,
  conversationId: string,
  options: { worker: boolean } = { worker: true },
): Promise<HeldConversation> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  // The look-up of its customer writes to it, too, and is not who is waited for.
  if (options.worker) {
    await until("its customer is not being looked up", async () => {
      const { rows } = await client.query(
        `select 1 from job where queue = 'profile' and state <> 'dead'
           and payload ->> 'contactId' = (select contact_id::text from conversation where id = $1)`,
        [conversationId],
      );
      return rows.length === 0;
    });
  }
  const lock = (id: string) => client.query("select 1 from conversation where id = $1 for update", [id]);
  await client.query("begin");
  await lock(conversationId);
  return {
    wanted: async () => {
      await until("somebody waits for the conversation", async () => {
        const { rows } = await client.query(`
          select 1 from pg_stat_activity
          where datname = current_database() and pg_backend_pid() = any (pg_blocking_pids(pid))`);
        return rows.length > 0;
      });
    },
    cross: async (id) => {
      // Of two who wait for each other the one that looks first gives up: not this one.
      await client.query("set local deadlock_timeout = '1min'");
      await lock(id);
    },
    release: async () => {
      await client.query("rollback");
      await client.end();
    },
  };
}
