import { sql } from "drizzle-orm";
import type { StoredAttachment, StoredDetails, StoredOutgoing } from "../db/tables/message";
import { AppError } from "../errors";
import { isId } from "../ids";
import { type Ctx, requireAdmin } from "./context";
import { setAsideOf } from "./set-aside-of";

/** Everything that the desk keeps of one customer, to be handed to them; moments are ISO 8601. */
export type ContactExport = {
  format: "replydesk contact export 1";
  exportedAt: string;
  /** The business's account that they wrote to. */
  account: { instagramId: string; username: string };
  person: Record<string, unknown>;
  messages: Record<string, unknown>[];
  /** What Instagram sent of them and the desk does not show, as it came. */
  setAside: { at: string; reason: string; raw: string }[];
};

const STORY_NOTE =
  "A story belongs to whoever posted it and is shown by Instagram while it lives; no copy of it is kept.";

type Ref = { workspaceId: string; channelId: string; conversationId: string; externalId: string };

/** @throws AppError forbidden, not_found */
export async function exportContact(ctx: Ctx, input: { contactId: string }): Promise<ContactExport> {
  const member = requireAdmin(ctx);
  const { rows } = isId(input.contactId)
    ? await ctx.db.execute<Ref & Pick<ContactExport, "exportedAt" | "account" | "person">>(sql`
        select p.workspace_id as "workspaceId", p.channel_id as "channelId", c.id as "conversationId", p.external_id as "externalId",
          ${iso(sql`desk_now()`)} as "exportedAt", json_build_object('instagramId', h.account_id, 'username', h.username) as account,
          jsonb_strip_nulls(jsonb_build_object('instagramScopedId', p.external_id, 'username', p.username, 'name', p.name,
            'pictureUrl', p.picture_url, 'followerCount', p.follower_count, 'followsBusiness', p.follows_business,
            'followedByBusiness', p.followed_by_business, 'verified', p.verified, 'firstWroteAt', ${iso(sql`p.first_wrote_at`)},
            'profileFetchedAt', ${iso(sql`p.profile_fetched_at`)}, 'seenThroughAt', ${iso(sql`c.seen_through_at`)},
            'externalId', p.user_external_id, 'integratorProfile', p.api_profile, 'metadata', p.metadata,
            'signedUpAt', ${iso(sql`p.signed_up_at`)}, 'conversation', nullif(jsonb_strip_nulls(jsonb_build_object(
              'name', c.display_name, 'description', c.description, 'icon', c.icon_url, 'metadata', c.metadata, 'handovers', (
                select jsonb_agg(jsonb_build_object('at', ${iso(sql`k.at`)}, 'to', k.holder ->> 'name', 'metadata', k.metadata) order by k.at)
                from control_change k where k.workspace_id = c.workspace_id and k.conversation_id = c.id and k.metadata is not null))), '{}'))
          ) as person
        from contact p join channel h on h.workspace_id = p.workspace_id and h.id = p.channel_id
        join conversation c on c.workspace_id = p.workspace_id and c.contact_id = p.id
        where p.workspace_id = ${member.workspaceId} and p.id = ${input.contactId}`)
    : { rows: [] };
  const found = rows[0];
  if (!found) throw new AppError("not_found", "There is no such person here any more.");
  const { exportedAt, account, person, ...ref } = found;
  return {
    format: "replydesk contact export 1",
    exportedAt,
    account,
    person,
    messages: await exportMessages(ctx, ref),
    setAside: await exportSetAside(ctx, ref),
  };
}

type MessageRecord = {
  id: string;
  instagramId: string | null;
  direction: "in" | "out";
  kind: string;
  text: string | null;
  attachments: StoredAttachment[] | null;
  details: StoredDetails | null;
  outgoing: StoredOutgoing | null;
  story: { relation: string; id?: string } | null;
  answers: string | null;
  /** What an integrator hung on it, and what it said in the integrator's own form. */
  metadata: unknown;
  content: unknown;
  sentAt: string;
  state: string;
  failure: string | null;
  unsentAt: string | null;
  edits: { text: string; at: string }[] | null;
  reactions: { by: string; emoji: string; at: string }[] | null;
};

async function exportMessages(ctx: Ctx, { workspaceId, conversationId }: Ref): Promise<Record<string, unknown>[]> {
  const { rows } = await ctx.db.execute<MessageRecord>(sql`
    select m.id, m.external_id as "instagramId", m.direction, m.kind, m.text, m.attachments, m.details, m.outgoing, m.story,
      m.reply_to_external_id as answers, m.metadata, m.api_content as content, ${iso(sql`m.sent_at`)} as "sentAt", m.state, m.failure_text as failure,
      ${iso(sql`m.unsent_at`)} as "unsentAt",
      (select json_agg(json_build_object('text', e.text, 'at', ${iso(sql`e.at`)}) order by e.number)
        from message_edit e where e.channel_id = m.channel_id and e.external_id = m.external_id) as edits,
      (select json_agg(json_build_object('by', r.by, 'emoji', r.emoji, 'at', ${iso(sql`r.at`)}) order by r.by)
        from reaction r where r.channel_id = m.channel_id and r.external_id = m.external_id and r.emoji is not null) as reactions
    from message m where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} order by m.sent_at, m.id`);
  return rows.map(({ direction, attachments, outgoing, story, ...row }) => ({
    ...withoutNulls(row),
    from: direction === "in" ? "the customer" : "the business",
    ...(attachments ? { attachments: attachments.map(withoutStory) } : {}),
    ...(outgoing && outgoing.type !== "media" ? { outgoing } : {}),
    ...(story ? { story: { relation: story.relation, ...(story.id ? { id: story.id } : {}), note: STORY_NOTE } } : {}),
  }));
}

function withoutStory(attachment: StoredAttachment): StoredAttachment | { type: string; note: string } {
  return attachment.type === "story" ? { type: "story", note: STORY_NOTE } : attachment;
}

async function exportSetAside(ctx: Ctx, ref: Ref): Promise<ContactExport["setAside"]> {
  const { rows } = await ctx.db.execute<{ at: string; reason: string; raw: Buffer }>(sql`
    select ${iso(sql`s.created_at`)} as at, s.reason, s.raw from set_aside s where s.channel_id = ${ref.channelId} and ${setAsideOf(ref)}
    order by s.created_at, s.id`);
  return rows.map(({ raw, ...row }) => ({ ...row, raw: raw.toString("utf8").replace(STORY_ADDRESS, '$1"left out"') }));
}

/** In the raw form of what was set aside: the address of a story's media. */
const STORY_ADDRESS = /("story[\s\S]{0,200}?"url"\s*:\s*)"[^"]*"/g;

function withoutNulls<T extends object>(row: T): Partial<T> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Partial<T>;
}

function iso(moment: ReturnType<typeof sql>) {
  return sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
