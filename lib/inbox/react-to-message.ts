import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { enqueue } from "../queue/enqueue";
import { type Ctx, type Member, requireMember, type WriteCtx, write } from "./context";
import { lockReplyTarget, requireAnswerable } from "./reply-target";
import { selectMessages } from "./rows";
import { HEART } from "./send-limits";
import type { MessageRow } from "./types";

/**
 * The brand's reaction to a message, or `emoji: null` to take it back. It stands at once; Instagram is told by a job.
 * @throws AppError not_found, invalid, window_closed, channel_unusable
 */
export async function reactToMessage(
  ctx: Ctx,
  input: { messageId: string; emoji: string | null },
): Promise<MessageRow> {
  const member = requireMember(ctx);
  if (input.emoji !== null && input.emoji.replace("\ufe0f", "") !== "\u2764")
    throw new AppError("invalid", "Instagram lets a business react with \u2764\ufe0f only.");
  const emoji = input.emoji === null ? null : HEART;
  return write(ctx, async (tx) => {
    const message = await findMessage(tx, member, input.messageId);
    const target = await lockReplyTarget(tx, member, message.conversationId);
    requireAnswerable(target);
    if (await changeReaction(tx, member, message, emoji)) {
      const { workspaceId } = member;
      const { conversationId } = message;
      await enqueue(tx.db, {
        queue: "signal",
        key: `reaction ${input.messageId}`,
        payload: { type: "reaction", workspaceId, messageId: input.messageId },
      });
      tx.wake("jobs");
      tx.record({ workspaceId, type: "message.changed", conversationId, messageId: input.messageId });
    }
    const [row] = await selectMessages(
      tx.db,
      sql`m.workspace_id = ${member.workspaceId} and m.id = ${input.messageId}`,
    );
    if (!row) throw new Error("A message that was just changed is missing.");
    return row;
  });
}

type Reacted = { conversationId: string; channelId: string; externalId: string };

async function findMessage(tx: WriteCtx, member: Member, messageId: string): Promise<Reacted> {
  const { rows } = isId(messageId)
    ? await tx.db.execute<{
        conversationId: string;
        channelId: string;
        externalId: string | null;
        unsent: boolean;
      }>(sql`
        select conversation_id as "conversationId", channel_id as "channelId", external_id as "externalId", unsent_at is not null as unsent
        from message where workspace_id = ${member.workspaceId} and id = ${messageId}`)
    : { rows: [] };
  const found = rows[0];
  if (!found || found.unsent) throw new AppError("not_found", "There is no such message.");
  if (found.externalId === null)
    throw new AppError("invalid", "This message is not on Instagram yet. Wait until it is sent.");
  if (found.externalId.startsWith("sha256:"))
    throw new AppError("invalid", "Instagram gave this message no id, so nobody can react to it.");
  return { ...found, externalId: found.externalId };
}

/** @returns whether it changed */
async function changeReaction(tx: WriteCtx, member: Member, message: Reacted, emoji: string | null): Promise<boolean> {
  const { rows } = await tx.db.execute(sql`
    insert into reaction as r (workspace_id, channel_id, external_id, by, emoji, at)
    values (${member.workspaceId}, ${message.channelId}, ${message.externalId}, 'business', ${emoji}, desk_now())
    on conflict (channel_id, external_id, by) do update set emoji = excluded.emoji, at = greatest(excluded.at, r.at)
      where r.emoji is distinct from excluded.emoji
    returning emoji`);
  if (rows.length === 0) return false;
  await tx.db.execute(sql`
    update message set version = version + 1
    where workspace_id = ${member.workspaceId} and channel_id = ${message.channelId} and external_id = ${message.externalId}`);
  return true;
}
