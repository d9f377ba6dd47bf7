import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import { selectConversations } from "./rows";
import type { SearchTerm } from "./search-words";
import type { ConversationRow } from "./types";

const MOST = 20;
/** Conversations that are looked at one by one before the index is asked. */
const LOOK = 500;
/** People whom the index may name. */
const MOST_NAMED = 2_000;

/** People by name or @username, who wrote last first. */
export async function findPeople(db: Queryable, workspaceId: string, terms: SearchTerm[]): Promise<ConversationRow[]> {
  const parts = terms.flatMap((term) => term.parts);
  const matches = sql`p.search like all(${sql.param(parts.map((part) => `% ${part}%`))}::text[])`;
  const newest = sql`c.workspace_id = ${workspaceId} and c.id in (
    select id from conversation where workspace_id = ${workspaceId} order by last_message_at desc limit ${LOOK})`;
  const near = await selectFound(db, sql`${newest} and ${matches}`);
  if (near.length === MOST) return near;
  const query = parts.map((part) => `'${workspaceId.slice(-8)}${part}':*`).join(" & ");
  return selectFound(
    db,
    sql`c.workspace_id = ${workspaceId} and c.contact_id in (
      select id from (
        select id, workspace_id from contact where search <> '' and search_vector(workspace_id, search) @@ ${query}::tsquery
        limit ${MOST_NAMED}) named
      where workspace_id = ${workspaceId}) and ${matches}`,
  );
}

function selectFound(db: Queryable, condition: SQL): Promise<ConversationRow[]> {
  return selectConversations(db, sql`${condition} order by c.last_message_at desc, c.id desc limit ${MOST}`);
}
