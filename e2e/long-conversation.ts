import type pg from "pg";

/** Seconds between two messages of the history. */
const PACE = 90;

/**
 * Puts a history of numbered messages ("Message 1." …) before what a conversation holds, every third one the brand's.
 * The last one answers the third, every fiftieth one the tenth before it.
 */
export async function fillConversation(database: pg.Client, conversationId: string, messages: number): Promise<void> {
  await database.query(
    `insert into message (workspace_id, id, conversation_id, channel_id, external_id, direction, origin, kind, text,
       search, sent_at, arrival, state, reply_to_external_id)
     select c.workspace_id, gen_random_uuid(), c.id, c.channel_id, 'history-' || n,
       case when n % 3 = 0 then 'out' else 'in' end, case when n % 3 = 0 then 'instagram' else 'customer' end, 'text',
       'Message ' || n || '. ' || repeat('A few words about cups, see https://nora.example/' || n || ' for more. ', n % 4),
       ' message ' || n || case when n % 4 > 0 then ' a few words about cups see https nora example for more' else '' end,
       c.last_message_at - make_interval(secs => ($2::int - n + 1) * $3::int), c.last_arrival + n,
       case when n % 3 = 0 then 'sent' else 'received' end,
       case when n = $2 then 'history-3' when n % 50 = 0 then 'history-' || (n - 10) end
     from conversation c, generate_series(1, $2::int) n where c.id = $1`,
    [conversationId, messages, PACE],
  );
  await database.query(
    `update conversation set last_arrival = last_arrival + $2, read_arrival = last_arrival + $2, unread = 0,
       version = version + 1 where id = $1`,
    [conversationId, messages],
  );
  await database.query("analyze message");
}
