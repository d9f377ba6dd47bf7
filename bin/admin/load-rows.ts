import type pg from "pg";
import { AppError, errorMessage } from "@/lib/errors";
import { backupLine, MADE_BY_ITSELF } from "./backup-format";
import { readLines } from "./read-lines";

/** Rows, and characters, that go into one statement. */
const PIECE_ROWS = 500;
const PIECE_CHARACTERS = 4_000_000;

/** Reads a backup into the empty tables, all or nothing. @returns how many rows went into each table */
export async function loadRows(pool: pg.Pool, file: string): Promise<Record<string, number>> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    for (const table of MADE_BY_ITSELF) await client.query(`truncate ${table}`);
    const constraints = await dropForeignKeys(client);
    const counts = await insertAll(client, file);
    for (const { add } of constraints) await client.query(add);
    await setSequences(client);
    await stopSends(client);
    await client.query("commit");
    return counts;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Tables come in the order of their names; what refers to what is checked when all are there. */
async function dropForeignKeys(client: pg.PoolClient): Promise<{ add: string }[]> {
  const { rows } = await client.query<{ drop: string; add: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conrelid, conname`);
  for (const { drop } of rows) await client.query(drop);
  return rows;
}

async function insertAll(client: pg.PoolClient, file: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let table: string | null = null;
  let piece: string[] = [];
  let size = 0;
  let end: number | null = null;
  const flush = async () => {
    if (table === null || piece.length === 0) return;
    const name = client.escapeIdentifier(table);
    await client.query(
      `insert into ${name} overriding system value select r.* from unnest($1::text[]) as line, json_populate_record(null::${name}, line::json) as r`,
      [piece],
    );
    counts[table] = (counts[table] ?? 0) + piece.length;
    [piece, size] = [[], 0];
  };
  let head = true;
  try {
    for await (const line of readLines(file)) {
      if (head) head = false;
      else if (line.startsWith('{"table":') || line.startsWith('{"end":')) {
        await flush();
        const mark = backupLine.parse(JSON.parse(line));
        if ("end" in mark) end = mark.rows;
        else table = mark.table;
      } else {
        piece.push(line);
        size += line.length;
        if (piece.length >= PIECE_ROWS || size >= PIECE_CHARACTERS) await flush();
      }
    }
  } catch (error) {
    throw new AppError(
      "configuration",
      `The backup cannot be read to its end, so nothing was restored: ${errorMessage(error)}`,
    );
  }
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (end !== rows) {
    throw new AppError("configuration", "The backup is cut off or was changed, so nothing was restored.");
  }
  return counts;
}

async function setSequences(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and is_identity = 'YES'`);
  for (const { table, column } of rows) {
    const [name, of] = [client.escapeIdentifier(table), client.escapeIdentifier(column)];
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce((select max(${of}) from ${name}), 0) + 1, false)`,
      [name, column],
    );
  }
}

/** What was on its way when the backup was made has most probably left since: nothing is sent to a customer twice. */
async function stopSends(client: pg.PoolClient): Promise<void> {
  await client.query(`
    update message set state = 'failed', failure_code = 'restored', version = version + 1,
      failure_text = 'The desk was restored from a backup while this was on its way. Look on Instagram whether it arrived before you send it again.'
    where direction = 'out' and state in ('queued', 'dispatching')`);
  await client.query(`
    update conversation c set preview_state = m.state, version = c.version + 1
    from message m where m.workspace_id = c.workspace_id and m.id = c.preview_message_id and c.preview_state is distinct from m.state`);
  await client.query("delete from job where queue in ('send', 'signal')");
}
