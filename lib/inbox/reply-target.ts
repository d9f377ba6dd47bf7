import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { isId } from "../ids";
import { now } from "../time";
import type { WriteCtx } from "./context";
import { replyWindow } from "./reply-window";

/** A conversation, locked, with what decides whether it can be answered. */
export type ReplyTarget = {
  conversationId: string;
  channelId: string;
  lastArrival: number;
  lastMessageAt: Date;
  lastCustomerAt: Date | null;
  channelState: string;
  problem: string | null;
  username: string;
  /** A switchboard is at work, and somebody else than its inbox holds the conversation, or nobody. */
  heldElsewhere: boolean;
};

/** @throws AppError not_found */
export async function lockReplyTarget(
  tx: WriteCtx,
  inside: { workspaceId: string },
  conversationId: string,
): Promise<ReplyTarget> {
  const { rows } = isId(conversationId)
    ? await tx.db.execute<ReplyTarget>(sql`
        select c.id as "conversationId", c.channel_id as "channelId", c.last_arrival as "lastArrival",
          c.last_message_at as "lastMessageAt", c.last_customer_at as "lastCustomerAt", h.state as "channelState", h.problem, h.username,
          exists (select from switchboard s join switchboard_integration i on i.workspace_id = s.workspace_id and i.integration_id is null
            where s.workspace_id = c.workspace_id and s.enabled and i.id is distinct from c.holder_id) as "heldElsewhere"
        from conversation c join channel h on h.workspace_id = c.workspace_id and h.id = c.channel_id
        where c.workspace_id = ${inside.workspaceId} and c.id = ${conversationId} for update of c`)
    : { rows: [] };
  const target = rows[0];
  if (!target) throw new AppError("not_found", "There is no such conversation.");
  return target;
}

/** @throws AppError channel_unusable, window_closed */
export function requireAnswerable(target: ReplyTarget): void {
  if (target.channelState === "disconnected") {
    throw new AppError("channel_unusable", `@${target.username} is not connected any more. Connect it again to reply.`);
  }
  if (target.channelState === "broken") {
    throw new AppError(
      "channel_unusable",
      target.problem ?? `The connection to @${target.username} is broken. Reconnect it to reply.`,
    );
  }
  if (replyWindow(target.lastCustomerAt?.getTime() ?? null, now()).state === "closed") {
    throw new AppError(
      "window_closed",
      "Instagram closed this conversation 7 days after the customer's last message. It opens again when they write.",
    );
  }
}
