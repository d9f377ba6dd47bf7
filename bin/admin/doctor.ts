import { openPool } from "@/lib/db/connection";
import { errorMessage } from "@/lib/errors";
import type { Command, Installation } from "./command";

type Finding = { name: string; ok: boolean; words: string };

const PATIENCE_MS = 5_000;

export const doctor: Command = {
  help: "looks at database, app and accounts and says what is wrong",
  run: async (installation) => {
    const database = await checkDatabase(installation);
    const channels = database.ok ? await checkChannels(installation) : [];
    const findings = [database, ...(await checkApp(installation)), ...channels];
    return {
      ok: findings.every(({ ok }) => ok),
      words: findings.map(({ name, ok, words }) => `${ok ? "✓" : "✗"} ${name}: ${words}`).join("\n"),
      json: { findings },
    };
  },
};

async function checkDatabase({ databaseUrl }: Installation): Promise<Finding> {
  const name = "Database";
  const pool = openPool(databaseUrl, { max: 1, applicationName: "replydesk doctor" });
  try {
    const { rows } = await pool.query<{ version: string; fsync: string; durable: string; size: string }>(
      `select current_setting('server_version') as version, current_setting('fsync') as fsync,
              current_setting('synchronous_commit') as durable, pg_size_pretty(pg_database_size(current_database())) as size`,
    );
    const found = rows[0];
    if (found?.fsync !== "on") {
      return { name, ok: false, words: "runs with fsync=off and may lose acknowledged messages. Turn fsync on." };
    }
    return { name, ok: true, words: `PostgreSQL ${found.version}, ${found.size}` };
  } catch (error) {
    return {
      name,
      ok: false,
      words: `does not answer (${errorMessage(error)}). Is it running, and is DATABASE_URL right?`,
    };
  } finally {
    await pool.end();
  }
}

/** From so long before its end on, a key is something to do: who gets these words may not be at the desk every day. */
const ENDS_SOON_DAYS = 14;

type Account = { username: string; problem: string | null; daysLeft: number | null };

/** What the running desk found when it last looked at its accounts; each names what mends it. */
async function checkChannels({ databaseUrl }: Installation): Promise<Finding[]> {
  const pool = openPool(databaseUrl, { max: 1, applicationName: "replydesk doctor" });
  try {
    const { rows } = await pool.query<Account>(`
      select username, problem,
        ceil(extract(epoch from least(token_expires_at, data_access_expires_at) - desk_now()) / 86400)::int as "daysLeft"
      from channel where state <> 'disconnected' order by username, id`);
    return rows.map(accountFinding);
  } finally {
    await pool.end();
  }
}

function accountFinding({ username, problem, daysLeft }: Account): Finding {
  const name = `@${username}`;
  if (problem !== null) return { name, ok: false, words: problem };
  if (daysLeft === null || daysLeft > ENDS_SOON_DAYS)
    return { name, ok: true, words: "connected, and nothing wrong when the desk last looked" };
  const end = daysLeft > 0 ? `ends in ${daysLeft === 1 ? "a day" : `${daysLeft} days`}` : "has ended";
  return {
    name,
    ok: false,
    words: `the key ${end}. Reconnect the account under Channels, and nothing is interrupted.`,
  };
}

/** On this machine first: when only the public address fails, the cause lies between it and the desk. */
async function checkApp({ appUrl, localUrl }: Installation): Promise<Finding[]> {
  if (localUrl === null || localUrl === appUrl) return [await checkAddress("App", appUrl, "is APP_URL right?")];
  return [
    await checkAddress("App", localUrl, "has it ended?"),
    await checkAddress("Public address", appUrl, "do name, certificate and proxy lead to this desk?"),
  ];
}

async function checkAddress(name: string, url: string, question: string): Promise<Finding> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const said = (await response.text()).slice(0, 300);
    if (response.ok) return { name, ok: true, words: `answers at ${url}` };
    return { name, ok: false, words: `answers ${response.status} at ${url}/readyz: ${said}` };
  } catch (error) {
    return { name, ok: false, words: `does not answer at ${url} (${reason(error)}). Is it running, and ${question}` };
  }
}

/** `fetch` says only that it failed; why is in the error beneath. */
function reason(error: unknown): string {
  return errorMessage(error instanceof Error && error.cause ? error.cause : error);
}
