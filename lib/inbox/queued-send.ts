import { sql } from "drizzle-orm";
import type { StoredOutgoing } from "../db/tables/message";
import type { WriteCtx } from "./context";
import type { ReplyWindow } from "./reply-window";

/** A send with all that decides whether and how it leaves. */
export type QueuedSend = {
  state: string;
  conversationId: string;
  channelId: string;
  attempt: number;
  retries: number;
  text: string | null;
  outgoing: StoredOutgoing | null;
  attachmentIds: string[] | null;
  replyToExternalId: string | null;
  /** The parts of its bubble before it are all sent. */
  inTurn: boolean;
  sentAt: Date;
  /** A member's, or through a key that people write with. */
  writtenByPerson: boolean;
  unsentAt: Date | null;
  msLeft: number | null;
  lastCustomerAt: Date | null;
  contactExternalId: string;
  pageId: string;
  accountId: string;
  facebookAppId: string;
  tokenSealed: Buffer | null;
  channelState: string;
  msPaused: number | null;
  username: string;
};

/** Locks the conversation and reads its send. @returns undefined when there is none */
export async function lockQueuedSend(
  tx: WriteCtx,
  input: { workspaceId: string; messageId: string },
): Promise<QueuedSend | undefined> {
  await tx.db.execute(sql`
    select c.id from conversation c where c.workspace_id = ${input.workspaceId} and c.id = (
      select conversation_id from message where workspace_id = ${input.workspaceId} and id = ${input.messageId}) for update`);
  const { rows } = await tx.db.execute<QueuedSend>(sql`
    select m.state, m.conversation_id as "conversationId", m.channel_id as "channelId", m.attempt, m.retries, m.text, m.outgoing,
      case when m.outgoing ->> 'type' = 'media' then (
        select array_agg(u.attachment_id order by wanted.position)
        from jsonb_array_elements_text(m.outgoing -> 'uploadIds') with ordinality as wanted(id, position)
        join upload u on u.workspace_id = m.workspace_id and u.id = wanted.id::uuid) end as "attachmentIds",
      case when not exists (
        select 1 from message q where q.channel_id = m.channel_id and q.external_id = m.reply_to_external_id and q.unsent_at is not null
      ) then m.reply_to_external_id end as "replyToExternalId",
      m.part = 0 or not exists (
        select 1 from message b where b.workspace_id = m.workspace_id and b.conversation_id = m.conversation_id
          and b.bubble_id = m.bubble_id and b.part < m.part and b.state <> 'sent') as "inTurn",
      m.sent_at as "sentAt", m.author_id is not null or coalesce((m.api_author ->> 'people')::boolean, false) as "writtenByPerson",
      m.unsent_at as "unsentAt", (extract(epoch from m.dispatch_deadline - desk_now()) * 1000)::float8 as "msLeft",
      c.last_customer_at as "lastCustomerAt", p.external_id as "contactExternalId", h.page_id as "pageId", h.account_id as "accountId",
      h.facebook_app_id as "facebookAppId", h.token_sealed as "tokenSealed", h.state as "channelState",
      (extract(epoch from h.paused_until - desk_now()) * 1000)::float8 as "msPaused", h.username
    from message m
    join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
    join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    join channel h on h.workspace_id = m.workspace_id and h.id = m.channel_id
    where m.workspace_id = ${input.workspaceId} and m.id = ${input.messageId}`);
  return rows[0];
}

export type Refusal = { code: string; text: string };

export const NO_TOKEN: Refusal = {
  code: "channel_unusable",
  text: "The channel cannot send. Connect it again, then send again.",
};

/** Why it must not leave now, in words; null when it may. */
export function refusalOf(message: QueuedSend, window: ReplyWindow): Refusal | null {
  if (message.channelState === "disconnected" || !message.tokenSealed) {
    return {
      code: "channel_unusable",
      text: `@${message.username} is not connected any more. Connect it again, then send again.`,
    };
  }
  if (window.state === "closed") {
    return {
      code: "window_closed",
      text: "Instagram closed this conversation 7 days after the customer's last message. It opens again when they write.",
    };
  }
  if (window.state === "people_only" && !message.writtenByPerson) {
    return {
      code: "people_only",
      text: "More than 24 hours after the customer's last message Instagram lets only people answer, and this was not written by one. Answer it yourself.",
    };
  }
  if (!message.inTurn) {
    return {
      code: "earlier_part",
      text: "An earlier part of this message was not sent, so this one was held back. Send the message again.",
    };
  }
  if (message.outgoing?.type === "media" && message.attachmentIds?.length !== message.outgoing.uploadIds.length) {
    return { code: "upload_gone", text: "The file is not at Instagram any more. Attach it again." };
  }
  return null;
}
