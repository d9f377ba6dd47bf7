import { sql } from "drizzle-orm";
import { customType, timestamp } from "drizzle-orm/pg-core";

/** A moment with milliseconds, as Meta's timestamps have them. */
export function time() {
  return timestamp({ withTimezone: true, precision: 3, mode: "date" });
}

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** The words of a row, each after the end of its workspace's id: one index for all workspaces, in which each finds its own. */
export const WORDS = sql`search_vector(workspace_id, search)`;
/** With the end of the conversation's id as one more word: what one of them holds is found without reading it. */
export const MESSAGE_WORDS = sql`search_vector(workspace_id, conversation_id, search)`;
export const HAS_WORDS = sql`search <> ''`;
