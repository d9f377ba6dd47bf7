import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import type { Cursor } from "./cursor";

/** The newest messages are looked at one by one first: a frequent word fills a page from them, and what is rare is seen. */
const LOOK = 1_000;
/** A whole conversation is looked through, up to this many messages at once. */
const LOOK_IN_CONVERSATION = 50_000;
/** Words in at most this share of the newest messages are asked of the index. */
const RARE = 0.05;
/** Messages that the index may name before looking one by one is quicker. */
const MOST_NAMED = 5_000;
/** Messages that one request looks at at most; the next one goes on from there. */
const MOST_LOOKED_AT = 50_000;

type Wanted = {
  workspaceId: string;
  conversationId: string | null;
  /** Beginnings of words; all must be there. */
  parts: string[];
  /** Only what is older. */
  before: Cursor | null;
  most: number;
};

/** `next`: where to go on; null when all was looked through. */
type Found = { messages: Cursor[]; next: Cursor | null };

/**
 * In two steps, so that no word is slow: the newest messages one by one; then, for rare words, what the index names (a
 * capped number), for frequent ones further messages one by one. Each request does a bounded amount of work.
 */
export async function findMessages(db: Queryable, wanted: Wanted): Promise<Found> {
  const near = await lookThrough(db, wanted, wanted.conversationId === null ? LOOK : LOOK_IN_CONVERSATION);
  const missing = wanted.most + 1 - near.messages.length;
  if (missing <= 0 || near.end === null) return pageOf(near.messages, wanted.most, null);
  const rest = { ...wanted, before: near.end, most: missing - 1 };
  const named = await askIndex(db, rest, near.rare);
  if (named) return pageOf([...near.messages, ...named], wanted.most, null);
  if (wanted.conversationId !== null) return pageOf(near.messages, wanted.most, near.end);
  const far = await lookFurther(db, rest);
  return pageOf([...near.messages, ...far.messages], wanted.most, far.next);
}

function pageOf(messages: Cursor[], most: number, next: Cursor | null): Found {
  if (messages.length <= most) return { messages, next };
  return { messages: messages.slice(0, most), next: messages[most - 1] ?? null };
}

function scopeOf({ workspaceId, conversationId, before }: Wanted): SQL {
  const within = conversationId === null ? sql`` : sql`and conversation_id = ${conversationId}`;
  const older = before ? sql`and (sent_at, id) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)` : sql``;
  return sql`workspace_id = ${workspaceId} and search <> '' ${within} ${older}`;
}

/** Words hold letters, digits and emoji only, so nothing in them means anything to `like`. */
function patternsOf(parts: string[]): SQL {
  return sql`${sql.param(parts.map((part) => `% ${part}%`))}`;
}

type Near = { messages: Cursor[]; rare: string[]; end: Cursor | null };

async function lookThrough(db: Queryable, wanted: Wanted, look: number): Promise<Near> {
  const { rows } = await db.execute<{
    found: { at: string; id: string }[] | null;
    seen: number;
    held: number[];
    end: { at: string; id: string } | null;
  }>(sql`
    with seen as materialized (
      select id, sent_at, search from message where ${scopeOf(wanted)} order by sent_at desc, id desc limit ${look})
    select
      (select json_agg(json_build_object('at', f.sent_at, 'id', f.id) order by f.sent_at desc, f.id desc) from (
        select sent_at, id from seen where search like all(${patternsOf(wanted.parts)}::text[])
        order by sent_at desc, id desc limit ${wanted.most + 1}) f) as found,
      (select count(*) from seen)::int as seen,
      (select json_agg((select count(*) from (select from seen where search like wanted.pattern limit ${Math.ceil(look * RARE) + 1}) held) order by wanted.n)
        from unnest(${patternsOf(wanted.parts)}::text[]) with ordinality as wanted(pattern, n)) as held,
      (select json_build_object('at', sent_at, 'id', id) from seen order by sent_at, id limit 1) as end`);
  const [row] = rows;
  if (!row) throw new Error("An aggregate without a row.");
  return {
    messages: (row.found ?? []).map(cursorOf),
    rare: wanted.parts.filter((_, n) => (row.held[n] ?? 0) <= row.seen * RARE),
    end: row.seen < look || !row.end ? null : cursorOf(row.end),
  };
}

function cursorOf({ at, id }: { at: string | Date; id: string }): Cursor {
  return { at: new Date(at), id };
}

/** @returns null when the index names too many, or was not asked since every word is frequent */
async function askIndex(db: Queryable, wanted: Wanted, rare: string[]): Promise<Cursor[] | null> {
  if (rare.length === 0) return null;
  const own = wanted.workspaceId.slice(-8);
  const query = rare.map((part) => `'${own}${part}':*`).join(" & ");
  const { rows } = await db.execute<{ named: number; found: { at: string; id: string }[] | null }>(sql`
    with named as materialized (
      select workspace_id, conversation_id, id, sent_at, search from message
      where search <> '' and search_vector(workspace_id, search) @@ ${query}::tsquery limit ${MOST_NAMED + 1})
    select (select count(*) from named)::int as named,
      (select json_agg(json_build_object('at', f.sent_at, 'id', f.id) order by f.sent_at desc, f.id desc) from (
        select sent_at, id from named where ${scopeOf(wanted)} and search like all(${patternsOf(wanted.parts)}::text[])
        order by sent_at desc, id desc limit ${wanted.most + 1}) f) as found`);
  const [row] = rows;
  if (!row || row.named > MOST_NAMED) return null;
  return (row.found ?? []).map(cursorOf);
}

async function lookFurther(db: Queryable, wanted: Wanted): Promise<Found> {
  const seen = sql`select id, sent_at, search from message where ${scopeOf(wanted)} order by sent_at desc, id desc`;
  const { rows } = await db.execute<{ at: Date; id: string }>(sql`
    select sent_at as at, id from (${seen} limit ${MOST_LOOKED_AT}) seen
    where search like all(${patternsOf(wanted.parts)}::text[]) order by sent_at desc, id desc limit ${wanted.most + 1}`);
  const messages = rows.map(cursorOf);
  if (messages.length > wanted.most) return { messages, next: null };
  const { rows: end } = await db.execute<{ at: Date; id: string }>(sql`
    select sent_at as at, id from (${seen} offset ${MOST_LOOKED_AT - 1} limit 1) seen`);
  return { messages, next: end[0] ? cursorOf(end[0]) : null };
}
