import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { dropJobs } from "../queue/drop-jobs";
import { requireManager, type WriteCtx } from "./context";
import { markErased, waitForErasure } from "./erased-contacts";
import { keepReceipt, newReceiptCode } from "./keep-receipt";
import { setAsideOf } from "./set-aside-of";

/** How much was erased, by what it was. */
export type ErasedCounts = {
  messages: number;
  edits: number;
  reactions: number;
  setAside: number;
  jobs: number;
  uploads: number;
};

export type ErasedContact = { facebookAppId: string; accountId: string; externalId: string; channelId: string };

/**
 * Erases a customer: profile, conversation, messages with their edits, reactions and delivery marks, what was set aside,
 * what waits to be done. A mark without name keeps it from coming back; what they write from now on starts afresh.
 * Whoever calls this sees to deliveries that are not read yet. @throws AppError forbidden, not_found, conflict
 */
export async function eraseContact(
  tx: WriteCtx,
  input: { contactId: string },
): Promise<ErasedContact & { code: string; counts: ErasedCounts }> {
  const who = requireManager(tx);
  const contact = await findContact(tx, who.workspaceId, input.contactId);
  await waitForErasure(tx.db, contact.channelId);
  await lockConversation(tx, contact);
  const mids = sql`select external_id from message where workspace_id = ${contact.workspaceId} and conversation_id = ${contact.conversationId}`;
  const inChannel = sql`channel_id = ${contact.channelId}`;
  const counts: ErasedCounts = {
    jobs: await dropJobs(
      tx.db,
      sql`payload ->> 'workspaceId' = ${contact.workspaceId} and (payload ->> 'contactId' = ${contact.id}
        or payload ->> 'conversationId' = ${contact.conversationId} or key = ${contact.conversationId}
        or payload ->> 'messageId' in (select id::text from message
          where workspace_id = ${contact.workspaceId} and conversation_id = ${contact.conversationId}))`,
    ),
    edits: await remove(
      tx,
      sql`delete from message_edit where ${inChannel} and (contact_external_id = ${contact.externalId} or external_id in (${mids}))`,
    ),
    reactions: await remove(
      tx,
      sql`delete from reaction where ${inChannel} and (conversation_id = ${contact.conversationId} or external_id in (${mids}))`,
    ),
    setAside: await remove(
      tx,
      sql`delete from set_aside s where s.facebook_app_id = ${contact.facebookAppId} and (s.channel_id = ${contact.channelId}
          or s.channel_id is null and (s.account_id = ${contact.accountId} or s.account_id is null)) and ${setAsideOf(contact)}`,
    ),
    uploads: await remove(
      tx,
      sql`delete from upload where workspace_id = ${contact.workspaceId} and id::text in (
        select jsonb_array_elements_text(outgoing -> 'uploadIds') from message
        where workspace_id = ${contact.workspaceId} and conversation_id = ${contact.conversationId} and jsonb_typeof(outgoing -> 'uploadIds') = 'array')`,
    ),
    messages: 0,
  };
  await tx.db.execute(sql`delete from parked where ${inChannel} and external_id in (${mids})`);
  await tx.db.execute(sql`delete from meta_thread where ${inChannel} and contact_external_id = ${contact.externalId}`);
  counts.messages = await remove(
    tx,
    sql`delete from message where workspace_id = ${contact.workspaceId} and conversation_id = ${contact.conversationId}`,
  );
  await tx.db.execute(sql`delete from contact where workspace_id = ${contact.workspaceId} and id = ${contact.id}`);
  await markErased(tx.db, { ...contact, contactExternalId: contact.externalId });
  const code = newReceiptCode();
  await keepReceipt(tx, {
    code,
    workspaceId: contact.workspaceId,
    subject: "customer",
    ...(who.type === "member" && { memberId: who.id }),
    counts,
  });
  tx.record({
    workspaceId: contact.workspaceId,
    type: "conversation.erased",
    ...((await isTold(tx, contact.workspaceId)) && { contactId: contact.id }),
    conversationId: contact.conversationId,
    channelId: contact.channelId,
  });
  tx.wake("jobs");
  return { ...contact, code, counts };
}

type Contact = ErasedContact & { workspaceId: string; id: string; conversationId: string };

async function findContact(tx: WriteCtx, workspaceId: string, contactId: string): Promise<Contact> {
  const { rows } = isId(contactId)
    ? await tx.db.execute<Contact>(sql`
        select p.workspace_id as "workspaceId", p.id, c.id as "conversationId", p.channel_id as "channelId", p.external_id as "externalId",
          h.facebook_app_id as "facebookAppId", h.account_id as "accountId"
        from contact p join channel h on h.workspace_id = p.workspace_id and h.id = p.channel_id
        join conversation c on c.workspace_id = p.workspace_id and c.contact_id = p.id
        where p.workspace_id = ${workspaceId} and p.id = ${contactId}`)
    : { rows: [] };
  if (!rows[0]) throw gone();
  return rows[0];
}

/** A reply on its way would come back as its own echo. */
async function lockConversation(tx: WriteCtx, { workspaceId, conversationId }: Contact): Promise<void> {
  const { rows } = await tx.db.execute<{ leaving: boolean }>(sql`
    select exists (select from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId}
      and state = 'dispatching' and dispatch_deadline > desk_now()) as leaving
    from conversation where workspace_id = ${workspaceId} and id = ${conversationId} for update`);
  if (!rows[0]) throw gone();
  if (rows[0].leaving) {
    throw new AppError("conflict", "A reply to this person is leaving at this moment. Try again in a minute.");
  }
}

/** Programs that keep what they were told must hear who is to be erased there too; otherwise not even the id stays. */
async function isTold(tx: WriteCtx, workspaceId: string): Promise<boolean> {
  const { rows } = await tx.db.execute(sql`select from webhook where workspace_id = ${workspaceId} limit 1`);
  return rows.length > 0;
}

async function remove(tx: WriteCtx, statement: ReturnType<typeof sql>): Promise<number> {
  const { rowCount } = await tx.db.execute(statement);
  return rowCount ?? 0;
}

function gone(): AppError {
  return new AppError("not_found", "There is no such person here any more.");
}
