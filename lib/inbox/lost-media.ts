import { sql } from "drizzle-orm";
import type { StoredAttachment } from "../db/tables/message";
import { AppError } from "../errors";
import { isId } from "../ids";
import { enqueue } from "../queue/enqueue";
import { type Ctx, requireMember, write } from "./context";

export type MediaMessage = {
  workspaceId: string;
  messageId: string;
  conversationId: string;
  channelId: string;
  externalId: string;
  attachments: StoredAttachment[];
  facebookAppId: string;
  tokenSealed: Buffer | null;
};

/** Media with an address that may have ended, or whose address never came with an echo; not asked for in vain before. */
const ASKABLE = "$[*] ? (!exists (@.asked) && (exists (@.url) || @.awaited == true))";

/**
 * A browser could not load a message's media: Meta's addresses end after a while. Or it has waited in vain for own
 * ones. The desk asks Instagram for new
 * ones, once however many browsers say so, and then tells everyone. @throws AppError not_found
 */
export async function reportMediaGone(ctx: Ctx, input: { messageId: string }): Promise<void> {
  const member = requireMember(ctx);
  await write(ctx, async (tx) => {
    const { rows } = isId(input.messageId)
      ? await tx.db.execute<{ hasMedia: boolean }>(sql`
          select attachments @? ${ASKABLE}::jsonpath and external_id is not null as "hasMedia"
          from message where workspace_id = ${member.workspaceId} and id = ${input.messageId} and attachments is not null for update`)
      : { rows: [] };
    const row = rows[0];
    if (!row) throw new AppError("not_found", "There are no such media.");
    if (!row.hasMedia) return;
    // A statement of its own: it must see what was asked while waiting for the row.
    const { rows: waiting } = await tx.db.execute(sql`
      select 1 from job where queue = 'media' and key = ${input.messageId} and state <> 'dead' limit 1`);
    if (waiting.length > 0) return;
    await enqueue(tx.db, {
      queue: "media",
      key: input.messageId,
      payload: { workspaceId: member.workspaceId, messageId: input.messageId },
    });
    tx.wake("jobs");
  });
}

/** @returns null when the message holds no media that could still load */
export async function readMediaMessage(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string },
): Promise<MediaMessage | null> {
  const { rows } = await ctx.db.execute<MediaMessage>(sql`
    select m.workspace_id as "workspaceId", m.id as "messageId", m.conversation_id as "conversationId", m.channel_id as "channelId",
      m.external_id as "externalId", m.attachments, h.facebook_app_id as "facebookAppId", h.token_sealed as "tokenSealed"
    from message m join channel h on h.workspace_id = m.workspace_id and h.id = m.channel_id
    where m.workspace_id = ${input.workspaceId} and m.id = ${input.messageId} and m.external_id is not null
      and m.attachments @? ${ASKABLE}::jsonpath`);
  return rows[0] ?? null;
}

/** Writes what Instagram says of the media, in their order. */
export async function recordMedia(ctx: Ctx, message: MediaMessage, attachments: StoredAttachment[]): Promise<void> {
  await write(ctx, async (tx) => {
    // Only over what was asked about: an unsend meanwhile has erased it.
    const { rows } = await tx.db.execute(sql`
      update message set attachments = ${JSON.stringify(attachments)}::jsonb, version = version + 1
      where workspace_id = ${message.workspaceId} and id = ${message.messageId}
        and attachments = ${JSON.stringify(message.attachments)}::jsonb and attachments <> ${JSON.stringify(attachments)}::jsonb
      returning id`);
    if (rows.length === 0) return;
    tx.record({
      workspaceId: message.workspaceId,
      type: "message.changed",
      conversationId: message.conversationId,
      messageId: message.messageId,
    });
  });
}
