import { sql } from "drizzle-orm";
import { isId } from "../ids";
import { type Ctx, requireAdmin } from "./context";
import { displayName } from "./display-name";
import { setAsideOf } from "./set-aside-of";

export type FoundContact = {
  id: string;
  displayName: string;
  username: string | null;
  /** The number by which Instagram names this person to one account. */
  externalId: string;
  hasPicture: boolean;
  /** The connected account that they wrote to. */
  channelUsername: string;
  messages: number;
  /** Milliseconds since 1970. */
  firstWroteAt: number;
  lastMessageAt: number;
};

const MOST = 20;
const LONGEST = 200;

type Row = Omit<FoundContact, "displayName" | "firstWroteAt" | "lastMessageAt"> & {
  name: string | null;
  firstWroteAt: Date;
  lastMessageAt: Date;
};

/** Customers whose name or @username holds these words, or whose number it is; who wrote last comes first. @throws AppError forbidden */
export async function findContacts(ctx: Ctx, input: { words: string }): Promise<FoundContact[]> {
  const words = input.words.trim().slice(0, LONGEST).replace(/^@/, "");
  const member = requireAdmin(ctx);
  if (words === "" || !words.isWellFormed() || words.includes("\u0000")) return [];
  const like = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return select(
    ctx,
    sql`p.workspace_id = ${member.workspaceId} and (p.external_id = ${words} or p.username ilike ${like} or p.name ilike ${like})
      order by p.external_id = ${words} desc, lower(p.username) = lower(${words}) desc, c.last_message_at desc limit ${MOST}`,
  );
}

export type HeldContact = FoundContact & {
  /** How much is kept of them, by what it is. */
  held: { edits: number; reactions: number; media: number; setAside: number };
};

/** One of them, with what is kept. @throws AppError forbidden */
export async function readHeldContact(ctx: Ctx, input: { contactId: string }): Promise<HeldContact | null> {
  const { workspaceId } = requireAdmin(ctx);
  if (!isId(input.contactId)) return null;
  const [contact] = await select(ctx, sql`p.workspace_id = ${workspaceId} and p.id = ${input.contactId}`);
  if (!contact) return null;
  const { rows } = await ctx.db.execute<HeldContact["held"]>(sql`
    with thread as (
      select m.channel_id, m.external_id, m.conversation_id, jsonb_array_length(coalesce(m.attachments, '[]')) as media
      from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      where c.workspace_id = ${workspaceId} and c.contact_id = ${contact.id})
    select coalesce(sum(media), 0)::int as media,
      (select count(*) from thread t join message_edit e on e.channel_id = t.channel_id and e.external_id = t.external_id)::int as edits,
      (select count(*) from thread t join reaction r on r.channel_id = t.channel_id and r.external_id = t.external_id
        where r.emoji is not null)::int as reactions,
      (select count(*) from set_aside s join conversation c on c.workspace_id = s.workspace_id and c.channel_id = s.channel_id
        where c.workspace_id = ${workspaceId} and c.contact_id = ${contact.id}
          and ${setAsideOf({ workspaceId, conversationId: sql`c.id`, externalId: contact.externalId })})::int as "setAside"
    from thread`);
  const held = rows[0] ?? { edits: 0, reactions: 0, media: 0, setAside: 0 };
  return { ...contact, held };
}

async function select(ctx: Ctx, rest: ReturnType<typeof sql>): Promise<FoundContact[]> {
  const { rows } = await ctx.db.execute<Row>(sql`
    select p.id, p.name, p.username, p.external_id as "externalId", p.picture_url is not null as "hasPicture",
      h.username as "channelUsername", p.first_wrote_at as "firstWroteAt", c.last_message_at as "lastMessageAt",
      (select count(*) from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id)::int as messages
    from contact p join conversation c on c.workspace_id = p.workspace_id and c.contact_id = p.id
    join channel h on h.workspace_id = p.workspace_id and h.id = p.channel_id
    where ${rest}`);
  return rows.map(({ name, ...row }) => ({
    ...row,
    displayName: displayName({ name, username: row.username, externalId: row.externalId }),
    firstWroteAt: row.firstWroteAt.getTime(),
    lastMessageAt: row.lastMessageAt.getTime(),
  }));
}
