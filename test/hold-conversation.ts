import pg from "pg";
import { until } from "./until";

export type HeldConversation = {
  /** Resolves once somebody else waits for the conversation. */
  wanted(): Promise<void>;
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
  await client.query("begin");
  await client.query("select 1 from conversation where id = $1 for update", [conversationId]);
  return {
    wanted: async () => {
      await until("somebody waits for the conversation", async () => {
        const { rows } = await client.query(`
          select 1 from pg_stat_activity
          where datname = current_database() and pg_backend_pid() = any (pg_blocking_pids(pid))`);
        return rows.length > 0;
      });
    },
    release: async () => {
      await client.query("rollback");
      await client.end();
    },
  };
}
