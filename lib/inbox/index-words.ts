import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";
import type { StoredAttachment, StoredDetails, StoredOutgoing } from "../db/tables/message";
import { type Ctx, write } from "./context";
import { searchWords } from "./search-words";
import { messageWords } from "./searchable-texts";

/** Rows looked through in one transaction. */
const AT_ONCE = 500;

type Unsearched = {
  workspaceId: string;
  id: string;
  text: string | null;
  attachments: StoredAttachment[] | null;
  details: StoredDetails | null;
  outgoing: StoredOutgoing | null;
};

/** Makes findable what is not yet: rows of an earlier version of the desk. @returns how many there were */
export async function indexWords(ctx: Ctx): Promise<number> {
  return write(ctx, async (tx) => {
    const messages = await writeMessageWords(
      tx.db,
      sql`search is null and unsent_at is null limit ${AT_ONCE} for update skip locked`,
    );
    const { rows: people } = await tx.db.execute<{
      workspaceId: string;
      id: string;
      name: string | null;
      username: string | null;
    }>(sql`
      select workspace_id as "workspaceId", id, name, username from contact where search is null limit ${AT_ONCE} for update skip locked`);
    await fill(
      tx.db,
      sql`contact`,
      people.map(({ workspaceId, id, name, username }) => ({ workspaceId, id, search: searchWords(name, username) })),
    );
    return messages + people.length;
  });
}

/** Writes the words of messages as they are now. @param rest everything after `where`, on `message` */
export async function writeMessageWords(db: Transaction, rest: SQL): Promise<number> {
  const { rows } = await db.execute<Unsearched>(sql`
    select workspace_id as "workspaceId", id, text, attachments, details, outgoing from message where ${rest}`);
  await fill(
    db,
    sql`message`,
    rows.map((row) => ({ workspaceId: row.workspaceId, id: row.id, search: messageWords(row) })),
  );
  return rows.length;
}

async function fill(
  db: Transaction,
  table: SQL,
  rows: { workspaceId: string; id: string; search: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.execute(sql`
    update ${table} t set search = given.search
    from json_to_recordset(${JSON.stringify(rows.map(({ workspaceId, id, search }) => ({ workspace_id: workspaceId, id, search })))}::json)
      as given(workspace_id uuid, id uuid, search text)
    where t.workspace_id = given.workspace_id and t.id = given.id`);
}
