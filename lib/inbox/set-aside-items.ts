import { sql } from "drizzle-orm";
import { newId } from "../ids";
import { type Ctx, type WriteCtx, write } from "./context";
import { WITHHELD } from "./receive-messages";

/** Something that came in and was not shown, in its own raw form, with the reason in words. */
export type SetAsideItem = {
  workspaceId: string | null;
  channelId: string | null;
  facebookAppId: string;
  accountId: string | null;
  reason: string;
  externalId: string | null;
  /** Of what names no account: the ids of all messages that its raw form names. */
  mentions: string[];
  raw: Buffer;
  /** Kept only while its message is one that Instagram named without content. */
  whileWithheld?: boolean;
};

/** How long what was not shown is kept for a replay. */
const KEPT_DAYS = 30;

/** What belongs to an unsent message or an erased account is not kept, and nothing is kept twice. */
export async function setAsideItems(ctx: Ctx | WriteCtx, items: SetAsideItem[]): Promise<void> {
  if (items.length === 0) return;
  await write(ctx, async (tx) => {
    await tx.db.execute(sql`
      insert into set_aside (id, workspace_id, channel_id, facebook_app_id, account_id, reason, external_id, raw, created_at, expires_at)
      select id, workspace_id, channel_id, facebook_app_id, account_id, reason, external_id, decode(raw, 'base64'), desk_now(),
        desk_now() + make_interval(days => ${KEPT_DAYS})
      from json_to_recordset(${JSON.stringify(
        items.map((item) => ({
          id: newId(),
          workspace_id: item.workspaceId,
          channel_id: item.channelId,
          facebook_app_id: item.facebookAppId,
          account_id: item.accountId,
          reason: item.reason,
          external_id: item.externalId,
          mentions: item.mentions,
          raw: item.raw.toString("base64"),
          while_withheld: item.whileWithheld ?? false,
        })),
      )}::json) as row(id uuid, workspace_id uuid, channel_id uuid, facebook_app_id text, account_id text, reason text, external_id text, mentions text[], raw text, while_withheld boolean)
      where not (${mentionsUnsent}) and not (${ofErasedAccount}) and (external_id is null or not (
        exists (select from message m where m.channel_id = row.channel_id and m.external_id = row.external_id and m.unsent_at is not null)
        or exists (select from parked p where p.channel_id = row.channel_id and p.external_id = row.external_id and p.kind = 'unsend')
        or exists (select from set_aside s
          where s.channel_id = row.channel_id and s.external_id = row.external_id and s.raw = decode(row.raw, 'base64'))
        or (while_withheld and not exists (select from message m
          where m.channel_id = row.channel_id and m.external_id = row.external_id and m.attachments -> 0 ->> 'type' = ${WITHHELD}))))`);
  });
}

/** Whoever had the account disconnected and erased does not want what Meta still delivers of it. */
const ofErasedAccount = sql`exists (
  select from erased_account e where e.facebook_app_id = row.facebook_app_id and e.account_id = row.account_id)`;

/** What is of no account known by its id is of one of its Facebook app's. */
const mentionsUnsent = sql`exists (
  select from unnest(row.mentions) as mentioned(external_id) join channel h on h.facebook_app_id = row.facebook_app_id
  where exists (select from message m where m.channel_id = h.id and m.external_id = mentioned.external_id and m.unsent_at is not null)
    or exists (select from parked p where p.channel_id = h.id and p.external_id = mentioned.external_id and p.kind = 'unsend'))`;
