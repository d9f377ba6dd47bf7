import { sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";
import { newId } from "../ids";

export type ConversationRef = { id: string; lastArrival: number; contactId: string; profileFetchedAt: Date | null };

type Given = { workspaceId: string; channelId: string; contactExternalId: string; sentAt: Date };

/**
 * Finds or makes contact and conversation of each item and locks the conversations in sorted order.
 * @returns by `<channel id> <contact's external id>`
 */
export async function openConversations(db: Transaction, items: Given[]): Promise<Map<string, ConversationRef>> {
  if (items.length === 0) return new Map();
  const people = new Map<
    string,
    { workspace_id: string; channel_id: string; external_id: string; at: string; contact_id: string; id: string }
  >();
  for (const item of items) {
    const key = contactKey(item);
    const at = item.sentAt.toISOString();
    const known = people.get(key);
    if (!known) {
      people.set(key, {
        workspace_id: item.workspaceId,
        channel_id: item.channelId,
        external_id: item.contactExternalId,
        at,
        contact_id: newId(),
        id: newId(),
      });
    } else if (at < known.at) known.at = at;
  }
  const given = JSON.stringify([...people.values()].sort((a, b) => (a.external_id < b.external_id ? -1 : 1)));
  const columns = sql`json_to_recordset(${given}::json) as given(workspace_id uuid, channel_id uuid, external_id text, at timestamptz, contact_id uuid, id uuid)`;
  const existing = await lock(db, columns);
  if (existing.size === people.size) return existing;
  await db.execute(sql`
    insert into contact (workspace_id, id, channel_id, external_id, first_wrote_at)
    select workspace_id, contact_id, channel_id, external_id, at from ${columns}
    order by channel_id, external_id
    on conflict (channel_id, external_id) do nothing`);
  await db.execute(sql`
    insert into conversation (workspace_id, id, channel_id, contact_id, last_message_at)
    select given.workspace_id, given.id, given.channel_id, contact.id, given.at from ${columns}
    join contact on contact.channel_id = given.channel_id and contact.external_id = given.external_id
    order by contact.id
    on conflict (workspace_id, contact_id) do nothing`);
  return lock(db, columns);
}

export function contactKey(item: { channelId: string; contactExternalId: string }): string {
  return `${item.channelId} ${item.contactExternalId}`;
}

async function lock(db: Transaction, columns: ReturnType<typeof sql>): Promise<Map<string, ConversationRef>> {
  const { rows } = await db.execute<ConversationRef & { channelId: string; externalId: string }>(sql`
    select c.id, c.last_arrival as "lastArrival", c.contact_id as "contactId",
      contact.profile_fetched_at as "profileFetchedAt", contact.channel_id as "channelId", contact.external_id as "externalId"
    from ${columns}
    join contact on contact.channel_id = given.channel_id and contact.external_id = given.external_id
    join conversation c on c.workspace_id = contact.workspace_id and c.contact_id = contact.id
    order by c.id for update of c`);
  return new Map(rows.map(({ channelId, externalId, ...ref }) => [`${channelId} ${externalId}`, ref]));
}
