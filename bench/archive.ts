import { newId } from "@/lib/ids";
import { searchWords } from "@/lib/inbox/search-words";
import type { BenchDatabase } from "./database";

/** A past of many messages, as a desk has it after years. */
export type Archive = {
  messages: number;
  /** The conversation that holds `LONG` of them. */
  longConversationId: string;
  /** Words of the archive from the most frequent to the rarest. */
  words: string[];
};

export const LONG = 30_000;
const CONVERSATIONS = 2_000;
const VOCABULARY = 30_000;
const AT_ONCE = 5_000;
const SYLLABLES = "ka lo mi ter ben so ra qui del vas nor pe tu ing est ho".split(" ");

/** Fills a database with messages of words as frequent as in a language (the tenth is ten times as rare as the first). */
export async function fillArchive(database: BenchDatabase, messages: number): Promise<Archive> {
  const words = [...new Set(Array.from({ length: VOCABULARY }, (_, rank) => wordOf(rank)))];
  const random = randomNumbers(1);
  const pick = () => words[Math.floor(words.length ** random()) - 1] ?? "";
  const { pool } = database;
  const { rows } = await pool.query<{ workspaceId: string; id: string }>(
    `select workspace_id as "workspaceId", id from channel`,
  );
  const [channel] = rows;
  if (!channel) throw new Error("The bench's workspace has no channel.");
  const conversations = await addConversations(database, channel, pick);
  const [longConversationId = ""] = conversations;
  const client = await pool.connect();
  try {
    // Built in one go at the end, as a restore does it; row by row it would take half an hour.
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(`
      select indexname as name, indexdef as definition from pg_indexes where tablename = 'message' and indexname <> 'message_workspace_id_id_pk'`);
    for (const { name } of indexes) await client.query(`drop index "${name}"`);
    await client.query("set session_replication_role = replica");
    const start = Date.now() - messages * 30_000;
    for (let first = 0; first < messages; first += AT_ONCE) {
      const texts = Array.from({ length: Math.min(AT_ONCE, messages - first) }, () =>
        Array.from({ length: 3 + Math.floor(random() * 14) }, pick).join(" "),
      );
      await client.query(
        `insert into message (workspace_id, id, conversation_id, channel_id, direction, origin, kind, text, search, sent_at, arrival, state)
         select $1, id, conversation_id, $2, 'in', 'customer', 'text', text, search, $3::timestamptz + make_interval(secs => 30 * ($4::int + n)), $4::int + n, 'received'
         from unnest($5::uuid[], $6::uuid[], $7::text[], $8::text[]) with ordinality as t(id, conversation_id, text, search, n)`,
        [
          channel.workspaceId,
          channel.id,
          new Date(start),
          first,
          texts.map(() => newId()),
          texts.map((_, n) => conversationOf(first + n, messages, conversations)),
          texts,
          texts.map((text) => searchWords(text)),
        ],
      );
    }
    await client.query("set session_replication_role = default");
    for (const { definition } of indexes) await client.query(definition);
    await client.query("vacuum analyze message");
    await client.query("vacuum analyze contact");
    await client.query("vacuum analyze conversation");
  } finally {
    client.release();
  }
  return { messages, longConversationId, words };
}

/** The first conversation gets `LONG` messages, spread over the whole time. */
function conversationOf(number: number, messages: number, conversations: string[]): string | undefined {
  const every = Math.max(2, Math.floor(messages / LONG));
  return number % every === 0 ? conversations[0] : conversations[1 + ((number * 7_919) % (conversations.length - 1))];
}

async function addConversations(
  { pool }: BenchDatabase,
  channel: { workspaceId: string; id: string },
  pick: () => string,
): Promise<string[]> {
  const ids = Array.from({ length: CONVERSATIONS }, () => newId());
  const names = ids.map(() => `${pick()} ${pick()}`);
  const given = [channel.workspaceId, channel.id, ids, names, names.map((name) => searchWords(name))];
  await pool.query(
    `insert into contact (workspace_id, id, channel_id, external_id, name, search, first_wrote_at)
     select $1, id, $2, id, name, search, now() from unnest($3::uuid[], $4::text[], $5::text[]) as t(id, name, search)`,
    given,
  );
  await pool.query(
    `insert into conversation (workspace_id, id, channel_id, contact_id, last_message_at)
     select $1, id, $2, id, now() - make_interval(secs => n) from unnest($3::uuid[]) with ordinality as t(id, n)`,
    given.slice(0, 3),
  );
  return ids;
}

function wordOf(rank: number): string {
  let rest = rank * 7_919 + 13;
  let word = "";
  for (let syllable = 0; syllable < 2 + (rank % 3); syllable += 1) {
    word += SYLLABLES[rest % SYLLABLES.length] ?? "";
    rest = Math.floor(rest / SYLLABLES.length) + syllable * 31;
  }
  return rank > 4_096 ? word + rank.toString(36) : word;
}

/** Numbers from 0 to 1, the same in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    return state / 0x7fff_ffff;
  };
}
