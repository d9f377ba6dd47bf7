import { type SQL, sql } from "drizzle-orm";
import type { Queryable } from "../db/connection";
import { displayName } from "./display-name";
import type { ConversationDetails, MessageDetails, UserDetails } from "./public-types";
import { selectSwitchboards } from "./read-switchboard";
import { selectMessages } from "./rows";
import { holderOf, integrationOf } from "./switchboard";

type UserRecord = Omit<UserDetails, "signedUpAt" | "lastSeenAt" | "profile"> & {
  profile: UserDetails["profile"] | null;
  signedUpAt: Date;
  lastSeenAt: Date | null;
};

/** @param rest everything after `where`, on `contact p` and `conversation c` */
export async function selectUsers(db: Queryable, rest: SQL): Promise<UserDetails[]> {
  const { rows } = await db.execute<UserRecord>(sql`
    select p.id, p.channel_id as "channelId", c.id as "conversationId", p.external_id as "instagramId",
      p.user_external_id as "userExternalId", p.name, p.username, p.picture_url as "pictureUrl", p.follower_count as "followerCount",
      p.follows_business as "followsBusiness", p.followed_by_business as "followedByBusiness", p.verified, p.api_profile as profile,
      p.metadata, coalesce(p.signed_up_at, p.first_wrote_at) as "signedUpAt", c.last_customer_at as "lastSeenAt",
      p.blocked_at is not null as blocked
    from contact p left join conversation c on c.workspace_id = p.workspace_id and c.contact_id = p.id
    where ${rest}`);
  return rows.map((row) => ({
    ...row,
    profile: row.profile ?? {},
    signedUpAt: row.signedUpAt.getTime(),
    lastSeenAt: row.lastSeenAt?.getTime() ?? null,
  }));
}

type ConversationRecord = Omit<
  ConversationDetails,
  "businessReadAt" | "seenThroughAt" | "lastMessageAt" | "createdAt" | "holder" | "offeredTo"
> & {
  holderId: string | null;
  offeredToId: string | null;
  /** Of a switchboard that is at work. */
  switchboardOf: string | null;
  businessReadAt: Date | null;
  seenThroughAt: Date | null;
  lastMessageAt: Date;
  createdAt: Date;
};

/** @param rest everything after `where`, on `conversation c` and `contact p` */
export async function selectConversationDetails(db: Queryable, rest: SQL): Promise<ConversationDetails[]> {
  const { rows } = await db.execute<ConversationRecord>(sql`
    select c.id, c.channel_id as "channelId", c.contact_id as "contactId", p.user_external_id as "userExternalId",
      c.display_name as "displayName", c.description, c.icon_url as "iconUrl", c.metadata, c.business_read_at as "businessReadAt",
      c.seen_through_at as "seenThroughAt", c.unread, c.last_message_at as "lastMessageAt", p.first_wrote_at as "createdAt",
      c.holder_id as "holderId", c.offered_to_id as "offeredToId",
      (select s.workspace_id from switchboard s where s.workspace_id = c.workspace_id and s.enabled) as "switchboardOf"
    from conversation c join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    where ${rest}`);
  const [switchboardOf] = rows.flatMap((row) => row.switchboardOf ?? []);
  const switchboard = switchboardOf && (await selectSwitchboards(db, [switchboardOf])).get(switchboardOf);
  return rows.map(({ switchboardOf: _, ...row }) => ({
    ...row,
    holder: switchboard ? holderOf(switchboard, row) : null,
    offeredTo: switchboard ? integrationOf(switchboard, row.offeredToId) : null,
    businessReadAt: row.businessReadAt?.getTime() ?? null,
    seenThroughAt: row.seenThroughAt?.getTime() ?? null,
    lastMessageAt: row.lastMessageAt.getTime(),
    createdAt: row.createdAt.getTime(),
  }));
}

type MessageExtras = Pick<
  MessageDetails,
  "id" | "channelId" | "externalId" | "apiAuthor" | "apiContent" | "metadata"
> & {
  contactId: string;
  name: string | null;
  username: string | null;
  instagramId: string;
  pictureUrl: string | null;
  userExternalId: string | null;
};

/** @param rest everything after `where`, on `message m` */
export async function selectMessageDetails(db: Queryable, workspaceId: string, rest: SQL): Promise<MessageDetails[]> {
  const messages = await selectMessages(db, rest);
  const { rows } = await db.execute<MessageExtras>(sql`
    select m.id, m.channel_id as "channelId", m.external_id as "externalId", m.api_author as "apiAuthor", m.api_content as "apiContent",
      m.metadata, p.id as "contactId", p.name, p.username, p.external_id as "instagramId", p.picture_url as "pictureUrl",
      p.user_external_id as "userExternalId"
    from message m
    join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    where m.workspace_id = ${workspaceId} and m.id = any(${sql.param(messages.map(({ id }) => id))}::uuid[])`);
  const extras = new Map(rows.map((row) => [row.id, row]));
  return messages.flatMap((message) => {
    const extra = extras.get(message.id);
    if (!extra) return [];
    const { channelId, externalId, apiAuthor, apiContent, metadata, contactId, userExternalId, pictureUrl } = extra;
    const shown = displayName({ name: extra.name, username: extra.username, externalId: extra.instagramId });
    const contact = { id: contactId, displayName: shown, pictureUrl, userExternalId };
    return [{ ...message, channelId, externalId, apiAuthor, apiContent, metadata, contact }];
  });
}
