import { type SQL, sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireMember } from "./context";
import { type Cursor, decodeCursor, encodeCursor } from "./cursor";
import { findMessages } from "./find-messages";
import { findPeople } from "./find-people";
import { selectConversations, selectMessages } from "./rows";
import { holdsTerms, type SearchTerm, searchRanges, searchTerms } from "./search-words";
import { searchableTexts } from "./searchable-texts";
import type { FoundMessage, SearchPage } from "./types";

const PAGE = 50;
/** Within a conversation so many are counted at most. */
const MOST_COUNTED = 1_000;
/** Longest question; characters. */
const LONGEST = 200;

export type SearchInput = {
  question: string;
  conversationId?: string | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
};

/**
 * People and messages that hold every word of the question, or its beginning; newest first. What was unsent is not found.
 * @throws AppError invalid, not_found
 */
export async function searchMessages(ctx: Ctx, { question, conversationId, after }: SearchInput): Promise<SearchPage> {
  const { workspaceId } = requireMember(ctx);
  if (question.length > LONGEST) throw new AppError("invalid", `Search for ${LONGEST} characters at most.`);
  if (conversationId !== undefined) await requireConversation(ctx, workspaceId, conversationId);
  const cursor = after === undefined ? null : decodeCursor(after);
  const terms = searchTerms(question);
  const whole = conversationId === undefined;
  if (terms.length === 0)
    return { people: [], messages: [], total: whole ? null : { count: 0, more: false }, next: null };
  const found = await findMessages(ctx.db, {
    workspaceId,
    conversationId: conversationId ?? null,
    parts: [...new Set(terms.flatMap(({ parts }) => parts))],
    before: cursor,
    most: whole ? PAGE : MOST_COUNTED,
  });
  const shown = found.messages.slice(0, PAGE);
  const [people, messages] = await Promise.all([
    whole && !cursor ? findPeople(ctx.db, workspaceId, terms) : [],
    readFound(ctx, workspaceId, shown, terms),
  ]);
  const last = shown.at(-1);
  return {
    people,
    messages,
    total: whole ? null : { count: found.messages.length, more: found.next !== null },
    next: found.messages.length > PAGE && last ? encodeCursor(last.at.getTime(), last.id) : nextOf(found.next),
  };
}

function nextOf(cursor: Cursor | null): string | null {
  return cursor && encodeCursor(cursor.at.getTime(), cursor.id);
}

async function requireConversation(ctx: Ctx, workspaceId: string, id: string): Promise<void> {
  const { rows } = isId(id)
    ? await ctx.db.execute(sql`select id from conversation where workspace_id = ${workspaceId} and id = ${id}`)
    : { rows: [] };
  if (rows.length === 0) throw new AppError("not_found", "There is no such conversation.");
}

async function readFound(ctx: Ctx, workspaceId: string, found: Cursor[], terms: SearchTerm[]): Promise<FoundMessage[]> {
  if (found.length === 0) return [];
  const own = (alias: string, ids: string[]): SQL =>
    sql`${sql.raw(alias)}.workspace_id = ${workspaceId} and ${sql.raw(alias)}.id = any(${sql.param(ids)}::uuid[])`;
  const messages = await selectMessages(
    ctx.db,
    own(
      "m",
      found.map(({ id }) => id),
    ),
  );
  const ids = [...new Set(messages.map((message) => message.conversationId))];
  const conversations = new Map((await selectConversations(ctx.db, own("c", ids))).map((row) => [row.id, row]));
  const rows = new Map(messages.map((message) => [message.id, message]));
  return found.flatMap(({ id }) => {
    const message = rows.get(id);
    const conversation = message && conversations.get(message.conversationId);
    if (!conversation || message.unsent) return [];
    const texts = searchableTexts(message);
    // Pairs of letters may all be there without the word: the index cannot tell, the text can.
    if (!holdsTerms(texts, terms)) return [];
    const places = texts.map((text) => ({ text, ranges: searchRanges(text, terms) }));
    const best = places.reduce((one, other) => (other.ranges.length > 0 && one.ranges.length === 0 ? other : one));
    return [{ message, conversation, ...best }];
  });
}
