import { type SQL, sql } from "drizzle-orm";
import { dropJobs } from "../queue/drop-jobs";
import { type Ctx, type WriteCtx, write } from "./context";

/** Conversations in one transaction: nobody waits for long for what it locks. */
const PIECE = 50;

/**
 * Erases a piece of a disconnected account's history, and with the last one the account itself and every trace of it. May
 * be cut off anywhere and repeated. @returns whether there is more to erase
 */
export async function eraseChannel(ctx: Ctx, input: { workspaceId: string; channelId: string }): Promise<boolean> {
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ facebookAppId: string; accountId: string }>(sql`
      select facebook_app_id as "facebookAppId", account_id as "accountId" from channel
      where workspace_id = ${input.workspaceId} and id = ${input.channelId} and state = 'disconnected' for update`);
    const channel = rows[0];
    // Connected again meanwhile, it is not to be erased any more.
    if (!channel) return false;
    const { rows: contacts } = await tx.db.execute<{ id: string; conversationId: string | null }>(sql`
      select p.id, c.id as "conversationId" from contact p
      left join conversation c on c.workspace_id = p.workspace_id and c.contact_id = p.id
      where p.workspace_id = ${input.workspaceId} and p.channel_id = ${input.channelId} order by c.id limit ${PIECE} for update of p`);
    if (contacts.length > 0) {
      await eraseContacts(tx, { ...input, contacts });
      return true;
    }
    await eraseRest(tx, { ...input, ...channel });
    return false;
  });
}

type Piece = {
  workspaceId: string;
  channelId: string;
  contacts: { id: string; conversationId: string | null }[];
};

async function eraseContacts(tx: WriteCtx, { workspaceId, channelId, contacts }: Piece): Promise<void> {
  const conversations = ids(contacts.flatMap(({ conversationId }) => conversationId ?? []));
  const people = ids(contacts.map(({ id }) => id));
  const messages = sql`select id from message where workspace_id = ${workspaceId} and conversation_id = any(${conversations}::uuid[])`;
  const mids = sql`select external_id from message where workspace_id = ${workspaceId} and conversation_id = any(${conversations}::uuid[])`;
  await dropJobs(
    tx.db,
    sql`payload ->> 'workspaceId' = ${workspaceId} and (payload ->> 'contactId' = any(${people}::text[])
      or payload ->> 'conversationId' = any(${conversations}::text[]) or key = any(${conversations}::text[])
      or payload ->> 'messageId' in (select id::text from (${messages}) m))`,
  );
  await tx.db.execute(sql`delete from message_edit where channel_id = ${channelId} and external_id in (${mids})`);
  await tx.db.execute(sql`delete from reaction where channel_id = ${channelId} and external_id in (${mids})`);
  await tx.db.execute(
    sql`delete from message where workspace_id = ${workspaceId} and conversation_id = any(${conversations}::uuid[])`,
  );
  await tx.db.execute(sql`delete from contact where workspace_id = ${workspaceId} and id = any(${people}::uuid[])`);
}

type Rest = { workspaceId: string; channelId: string; facebookAppId: string; accountId: string };

/** What hangs on the account itself goes with its row. */
async function eraseRest(tx: WriteCtx, rest: Rest): Promise<void> {
  const { workspaceId, channelId, facebookAppId, accountId } = rest;
  await tx.db.execute(sql`
    delete from set_aside where channel_id = ${channelId}
      or (facebook_app_id = ${facebookAppId} and account_id = ${accountId} and (workspace_id is null or workspace_id = ${workspaceId}))`);
  await tx.db.execute(sql`delete from reading_pace where account_id = ${accountId}`);
  await dropJobs(tx.db, sql`queue <> 'erase' and payload ->> 'channelId' = ${channelId}`);
  await tx.db.execute(sql`delete from channel where workspace_id = ${workspaceId} and id = ${channelId}`);
  // Who made them there could neither see nor end them any more.
  await tx.db.execute(sql`delete from webhook where workspace_id = ${workspaceId} and integration_id = ${channelId}`);
  // An app that it had brought and nobody else uses.
  await tx.db.execute(sql`
    delete from facebook_app where workspace_id = ${workspaceId} and id = ${facebookAppId} and not exists (
      select from channel where workspace_id = ${workspaceId} and facebook_app_id = ${facebookAppId})`);
  await tx.db.execute(sql`
    delete from event e where e.workspace_id = ${workspaceId} and (e.channel_id = ${channelId} or (e.conversation_id is not null
      and not exists (select from conversation c where c.workspace_id = e.workspace_id and c.id = e.conversation_id)))`);
  await tx.db.execute(sql`
    delete from webhook_event e where e.workspace_id = ${workspaceId} and e.conversation_id is not null
      and not exists (select from conversation c where c.workspace_id = e.workspace_id and c.id = e.conversation_id)`);
  // Open tabs hold rows that are not there any more: they read everything anew.
  tx.record({ workspaceId, type: "channel.erased" });
}

function ids(list: string[]): SQL {
  return sql`${sql.param(list)}`;
}
