import { sql } from "drizzle-orm";
import type { StoredOutgoing } from "../db/tables/message";
import type { Ctx } from "./context";

/** What is needed to look for a send without answer in Instagram's own thread. */
export type Unconfirmed = {
  workspaceId: string;
  messageId: string;
  attempt: number;
  text: string | null;
  /** Null for a text of an earlier version of the product. */
  outgoing: StoredOutgoing | null;
  dispatchedAt: Date;
  secondsSilent: number;
  absentReads: number;
  secondsSinceAbsentRead: number | null;
  laterLeft: boolean;
  conversationId: string;
  channelId: string;
  contactExternalId: string;
  pageId: string;
  accountId: string;
  facebookAppId: string;
  tokenSealed: Buffer | null;
};

/** @returns null once the message is settled */
export async function readUnconfirmed(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string },
): Promise<Unconfirmed | null> {
  const { rows } = await ctx.db.execute<Unconfirmed>(sql`
    select m.workspace_id as "workspaceId", m.id as "messageId", m.attempt, m.text, m.outgoing, m.dispatched_at as "dispatchedAt",
      extract(epoch from desk_now() - m.dispatched_at)::float8 as "secondsSilent", m.absent_reads as "absentReads",
      extract(epoch from desk_now() - m.absent_read_at)::float8 as "secondsSinceAbsentRead",
      exists (
        select 1 from message l where l.workspace_id = m.workspace_id and l.conversation_id = m.conversation_id and l.direction = 'out'
          and l.origin = 'desk' and l.id <> m.id and l.dispatched_at > m.dispatched_at and l.state in ('sent', 'dispatching', 'unconfirmed')
      ) as "laterLeft",
      m.conversation_id as "conversationId", m.channel_id as "channelId", p.external_id as "contactExternalId", h.page_id as "pageId",
      h.account_id as "accountId", h.facebook_app_id as "facebookAppId", h.token_sealed as "tokenSealed"
    from message m
    join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    join channel h on h.workspace_id = m.workspace_id and h.id = m.channel_id
    where m.workspace_id = ${input.workspaceId} and m.id = ${input.messageId} and m.state = 'unconfirmed' and m.unsent_at is null`);
  return rows[0] ?? null;
}

/** Which of these Meta ids belong to messages that are known already, so that they cannot be the one looked for. */
export async function knownExternalIds(ctx: Ctx, channelId: string, externalIds: string[]): Promise<Set<string>> {
  const { rows } = await ctx.db.execute<{ externalId: string }>(sql`
    select external_id as "externalId" from message where channel_id = ${channelId} and external_id = any(${sql.param(externalIds)}::text[])`);
  return new Set(rows.map((row) => row.externalId));
}

/** A successful reading that reached back before the dispatch did not hold the message; two of them, 30 s apart, decide. */
export async function recordAbsentRead(ctx: Ctx, message: Unconfirmed): Promise<void> {
  await ctx.db.execute(sql`
    update message set absent_reads = absent_reads + 1, absent_read_at = desk_now()
    where workspace_id = ${message.workspaceId} and id = ${message.messageId} and attempt = ${message.attempt} and state = 'unconfirmed'`);
}
