import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { enqueue } from "../queue/enqueue";
import { now } from "../time";
import { contentHash } from "./content-hash";
import { type Ctx, type Member, requireMember, type WriteCtx, write } from "./context";
import { refreshConversations } from "./refresh-conversations";
import { replyWindow } from "./reply-window";
import { selectMessages } from "./rows";
import type { MessageRow } from "./types";

/** Longest text that Instagram takes, in bytes of UTF-8. */
export const TEXT_LIMIT_BYTES = 1000;

export type SendInput = { id: string; conversationId: string; text: string };

/**
 * Puts a reply on its way. The browser invents the id: the same request again is the same message,
 * other content under that id is a conflict. @throws AppError not_found, invalid, window_closed, channel_unusable, conflict
 */
export async function sendMessage(ctx: Ctx, input: SendInput): Promise<MessageRow> {
  const member = requireMember(ctx);
  const text = checkText(input);
  return write(ctx, async (tx) => {
    const conversation = await lockConversation(tx, member, input.conversationId);
    const repeat = await findRepeat(tx, member, input, text);
    if (repeat) return repeat;
    if (conversation.channelState === "disconnected") {
      throw new AppError(
        "channel_unusable",
        `@${conversation.username} is not connected any more. Connect it again to reply.`,
      );
    }
    if (conversation.channelState === "broken") {
      throw new AppError(
        "channel_unusable",
        conversation.problem ?? `The connection to @${conversation.username} is broken. Reconnect it to reply.`,
      );
    }
    if (replyWindow(conversation.lastCustomerAt?.getTime() ?? null, now()).state === "closed") {
      throw new AppError(
        "window_closed",
        "Instagram closed this conversation 7 days after the customer's last message. It opens again when they write.",
      );
    }
    // Never before what is already there: the reply stands last until Instagram tells its own time.
    const sentAt = new Date(Math.max(now(), conversation.lastMessageAt.getTime() + 1)).toISOString();
    const { rows: inserted } = await tx.db.execute(sql`
      insert into message (workspace_id, id, conversation_id, channel_id, direction, origin, kind, text, author_id, sent_at, arrival, state, content_hash)
      values (${member.workspaceId}, ${input.id}, ${input.conversationId}, ${conversation.channelId}, 'out', 'desk', 'text', ${text}, ${member.id},
        ${sentAt}, ${conversation.lastArrival + 1}, 'queued', ${sql.param(contentHash(text))})
      on conflict (workspace_id, id) do nothing returning id`);
    // Given at this very moment to a message of another conversation.
    if (inserted.length === 0) throw idTaken();
    await enqueue(tx.db, {
      queue: "send",
      key: input.conversationId,
      payload: { workspaceId: member.workspaceId, messageId: input.id },
    });
    tx.wake("jobs");
    await refreshConversations(tx.db, [{ workspaceId: member.workspaceId, id: input.conversationId, added: 1 }]);
    tx.record({
      workspaceId: member.workspaceId,
      type: "message.queued",
      conversationId: input.conversationId,
      messageId: input.id,
    });
    const [row] = await selectMessages(tx.db, sql`m.workspace_id = ${member.workspaceId} and m.id = ${input.id}`);
    if (!row) throw new Error("A message that was just written is missing.");
    return row;
  });
}

function checkText(input: SendInput): string {
  if (!isId(input.id)) throw new AppError("invalid", "A message needs an id (UUID) of its own.");
  const text = input.text.toWellFormed().replaceAll("\u0000", "").trim();
  if (text === "") throw new AppError("invalid", "Write something first.");
  const size = Buffer.byteLength(text);
  if (size > TEXT_LIMIT_BYTES) {
    throw new AppError(
      "invalid",
      `Instagram takes ${TEXT_LIMIT_BYTES} bytes of text and this is ${size}. Shorten it or send it in parts.`,
    );
  }
  return text;
}

type LockedConversation = {
  channelId: string;
  lastArrival: number;
  lastMessageAt: Date;
  lastCustomerAt: Date | null;
  channelState: string;
  problem: string | null;
  username: string;
};

async function lockConversation(tx: WriteCtx, member: Member, conversationId: string): Promise<LockedConversation> {
  const { rows } = isId(conversationId)
    ? await tx.db.execute<LockedConversation>(sql`
        select c.channel_id as "channelId", c.last_arrival as "lastArrival", c.last_message_at as "lastMessageAt",
          c.last_customer_at as "lastCustomerAt", h.state as "channelState", h.problem, h.username
        from conversation c join channel h on h.workspace_id = c.workspace_id and h.id = c.channel_id
        where c.workspace_id = ${member.workspaceId} and c.id = ${conversationId} for update of c`)
    : { rows: [] };
  const conversation = rows[0];
  if (!conversation) throw new AppError("not_found", "There is no such conversation.");
  return conversation;
}

async function findRepeat(tx: WriteCtx, member: Member, input: SendInput, text: string): Promise<MessageRow | null> {
  const [existing] = await selectMessages(tx.db, sql`m.workspace_id = ${member.workspaceId} and m.id = ${input.id}`);
  if (!existing) return null;
  const same =
    existing.conversationId === input.conversationId && existing.author?.id === member.id && existing.text === text;
  if (!same) throw idTaken();
  return existing;
}

function idTaken(): AppError {
  return new AppError("conflict", "Another message already has this id.");
}
