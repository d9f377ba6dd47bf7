import { sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";
import { newId } from "../ids";
import { erasedContacts } from "./erased-contacts";

export type ConversationRef = {
  id: string;
  lastArrival: number;
  contactId: string;
  profileFetchedAt: Date | null;
  /** What came up to then was erased at the customer's wish. */
  erasedAt: Date | null;
  /** A switchboard is at work, and nobody there holds it. */
  unheld: boolean;
  /** Instagram said last that they cannot be written to. */
  blocked: boolean;
};

type Given = { workspaceId: string; channelId: string; contactExternalId: string; sentAt: Date };

/**
 * Finds or makes contact and conversation of each item and locks the conversations in sorted order. For what was erased
 * none is made: see `withoutErased`.
 * @returns by `<channel id> <contact's external id>`
 */
export async function openConversations(db: Transaction, items: Given[]): Promise<Map<string, ConversationRef>> {
  if (items.length === 0) return new Map();
  const people = firstOfEach(items);
  const existing = await lock(db, people);
  if (existing.size === people.size) return existing;
  // After the locks: whoever is being erased at this moment is erased by now.
  const erased = await erasedContacts(
    db,
    [...people].filter(([key]) => !existing.has(key)).map(([, person]) => person),
  );
  const newcomers = firstOfEach(
    items.filter((item) => !existing.has(contactKey(item)) && isNewer(item, erased.get(contactKey(item)))),
  );
  if (newcomers.size === 0) return existing;
  await insert(db, [...newcomers.values()], erased);
  return lock(db, people);
}

/** Those that do not belong to what was erased at a customer's wish. */
export function withoutErased<T extends Given>(items: T[], conversations: Map<string, ConversationRef>): T[] {
  return items.filter((item) => {
    const conversation = conversations.get(contactKey(item));
    return conversation !== undefined && isNewer(item, conversation.erasedAt ?? undefined);
  });
}

function isNewer(item: Given, erasedAt: Date | undefined): boolean {
  return erasedAt === undefined || item.sentAt > erasedAt;
}

function firstOfEach(items: Given[]): Map<string, Given> {
  const people = new Map<string, Given>();
  for (const item of items) {
    const known = people.get(contactKey(item));
    if (!known || item.sentAt < known.sentAt) people.set(contactKey(item), item);
  }
  return people;
}

async function insert(db: Transaction, newcomers: Given[], erased: Map<string, Date>): Promise<void> {
  const rows = newcomers.map((person) => ({
    workspace_id: person.workspaceId,
    channel_id: person.channelId,
    external_id: person.contactExternalId,
    at: person.sentAt,
    contact_id: newId(),
    id: newId(),
    erased_at: erased.get(contactKey(person)),
  }));
  const given = sql`json_to_recordset(${JSON.stringify(rows)}::json)
    as given(workspace_id uuid, channel_id uuid, external_id text, at timestamptz, contact_id uuid, id uuid, erased_at timestamptz)`;
  await db.execute(sql`
    insert into contact (workspace_id, id, channel_id, external_id, first_wrote_at, erased_at, search)
    select workspace_id, contact_id, channel_id, external_id, at, erased_at, '' from ${given}
    order by channel_id, external_id
    on conflict (channel_id, external_id) do nothing`);
  await db.execute(sql`
    insert into conversation (workspace_id, id, channel_id, contact_id, last_message_at)
    select given.workspace_id, given.id, given.channel_id, contact.id, given.at from ${given}
    join contact on contact.channel_id = given.channel_id and contact.external_id = given.external_id
    order by contact.id
    on conflict (workspace_id, contact_id) do nothing`);
}

export function contactKey(item: { channelId: string; contactExternalId: string }): string {
  return `${item.channelId} ${item.contactExternalId}`;
}

async function lock(db: Transaction, people: Map<string, Given>): Promise<Map<string, ConversationRef>> {
  const all = [...people.values()];
  const { rows } = await db.execute<ConversationRef & { channelId: string; externalId: string }>(sql`
    select c.id, c.last_arrival as "lastArrival", c.contact_id as "contactId",
      contact.profile_fetched_at as "profileFetchedAt", contact.erased_at as "erasedAt", contact.blocked_at is not null as blocked,
      c.holder_id is null and exists (select from switchboard s where s.workspace_id = c.workspace_id and s.enabled) as unheld,
      contact.channel_id as "channelId", contact.external_id as "externalId"
    from unnest(${sql.param(all.map((person) => person.channelId))}::uuid[], ${sql.param(all.map((person) => person.contactExternalId))}::text[])
      as given(channel_id, external_id)
    join contact on contact.channel_id = given.channel_id and contact.external_id = given.external_id
    join conversation c on c.workspace_id = contact.workspace_id and c.contact_id = contact.id
    order by c.id for update of c`);
  return new Map(rows.map(({ channelId, externalId, ...ref }) => [`${channelId} ${externalId}`, ref]));
}
