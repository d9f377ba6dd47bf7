import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import type { Cursor } from "./cursor";

/** The newest messages are looked at one by one first: a frequent word fills a page from them, and what is rare is seen. */
const LOOK = 1_000;
/**
 * Words in at most this share of the newest messages are asked of the index. A single one that is more frequent fills a
 * page sooner by looking; several may be rare together; within a conversation the index names fewer.
 */
const RARE = 0.05;
const RARE_ALONE = 0.005;
const RARE_IN_CONVERSATION = 0.2;
/** Messages that the index may name before looking one by one is quicker. */
const MOST_NAMED = 3_000;
/** Found one by one, so many are enough for one answer. */
const MOST_LOOKED_FOR = 100;
/** Messages that one request looks at further on, in steps that end when enough was found; the next one goes on from there. */
const LOOK_FURTHER = [2_000, 4_000, 8_000, 16_000, 20_000];

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
  const near = await lookThrough(db, wanted, LOOK);
  const alone = wanted.parts.length === 1 ? RARE_ALONE : RARE;
  const rare = wanted.conversationId === null ? alone : RARE_IN_CONVERSATION;
  const missing = wanted.most + 1 - near.messages.length;
  if (missing <= 0 || near.end === null) return pageOf(near.messages, wanted.most, null);
  const rest = { ...wanted, before: near.end, most: missing - 1 };
  const named = await askIndex(
    db,
    rest,
    wanted.parts.filter((_, n) => (near.held[n] ?? 0) <= LOOK * rare),
  );
  if (named) return pageOf([...near.messages, ...named], wanted.most, null);
  // Looking goes on only until a page is full; nobody counts what is in every tenth message.
  const most = Math.min(wanted.most, MOST_LOOKED_FOR);
  if (near.messages.length > most) return pageOf(near.messages, most, null);
  const far = await lookFurther(db, { ...rest, most: most - near.messages.length });
  return pageOf([...near.messages, ...far.messages], most, far.next);
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

/** `held`: how many of what was seen hold each word. */
type Near = { messages: Cursor[]; held: number[]; end: Cursor | null };

async function lookThrough(db: Queryable, wanted: Wanted, look: number): Promise<Near> {
  // Counted once, to choose what the index is asked; further on it would only be work.
  const held =
    look === LOOK
      ? sql`(select json_agg((select count(*) from (
          select from seen where search like wanted.pattern limit ${LOOK * RARE_IN_CONVERSATION + 1}) held) order by wanted.n)
        from unnest(${patternsOf(wanted.parts)}::text[]) with ordinality as wanted(pattern, n))`
      : sql`null`;
  const { rows } = await db.execute<{
    found: { at: string; id: string }[] | null;
    seen: number;
    held: number[] | null;
    end: { at: string; id: string } | null;
  }>(sql`
    with seen as materialized (
      select id, sent_at, search from message where ${scopeOf(wanted)} order by sent_at desc, id desc limit ${look})
    select
      (select json_agg(json_build_object('at', f.sent_at, 'id', f.id) order by f.sent_at desc, f.id desc) from (
        select sent_at, id from seen where search like all(${patternsOf(wanted.parts)}::text[])
        order by sent_at desc, id desc limit ${wanted.most + 1}) f) as found,
      (select count(*) from seen)::int as seen,
      ${held} as held,
      (select json_build_object('at', sent_at, 'id', id) from seen order by sent_at, id limit 1) as end`);
  const [row] = rows;
  if (!row) throw new Error("An aggregate without a row.");
  return {
    messages: (row.found ?? []).map(cursorOf),
    held: row.held ?? [],
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
  const within = wanted.conversationId === null ? [] : [`'${wanted.conversationId.slice(-12)}'`];
  const query = [...within, ...rare.map((part) => `'${own}${part}':*`)].join(" & ");
  const { rows } = await db.execute<{ named: number; found: { at: string; id: string }[] | null }>(sql`
    with named as materialized (
      select workspace_id, conversation_id, id, sent_at, search from message
      where search <> '' and search_vector(workspace_id, conversation_id, search) @@ ${query}::tsquery limit ${MOST_NAMED + 1})
    select (select count(*) from named)::int as named,
      (select json_agg(json_build_object('at', f.sent_at, 'id', f.id) order by f.sent_at desc, f.id desc) from (
        select sent_at, id from named where ${scopeOf(wanted)} and search like all(${patternsOf(wanted.parts)}::text[])
        order by sent_at desc, id desc limit ${wanted.most + 1}) f) as found`);
  const [row] = rows;
  if (!row || row.named > MOST_NAMED) return null;
  return (row.found ?? []).map(cursorOf);
}

async function lookFurther(db: Queryable, wanted: Wanted): Promise<Found> {
  const messages: Cursor[] = [];
  let end = wanted.before;
  for (const look of LOOK_FURTHER) {
    const further = await lookThrough(db, { ...wanted, before: end, most: wanted.most - messages.length }, look);
    messages.push(...further.messages);
    end = further.end;
    if (end === null || messages.length > wanted.most) break;
  }
  return { messages, next: end };
}
