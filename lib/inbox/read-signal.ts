import { sql } from "drizzle-orm";
import { now } from "../time";
import { type Ctx, write } from "./context";
import { replyWindow } from "./reply-window";
import { HEART } from "./send-limits";

/** To whom a signal (typing, seen, a reaction) goes, and with what token. */
export type SignalTarget = {
  workspaceId: string;
  channelId: string;
  conversationId: string;
  pageId: string;
  contactExternalId: string;
  facebookAppId: string;
  tokenSealed: Buffer;
  msPaused: number;
  /** Whether anyone may write now; nobody promises that signals are taken later. */
  open: boolean;
};

type Found = Omit<SignalTarget, "tokenSealed" | "msPaused" | "open"> & {
  tokenSealed: Buffer | null;
  msPaused: number | null;
  channelState: string;
  lastCustomerAt: Date | null;
};

/** @returns null when the account cannot send now */
export async function readSignalTarget(
  ctx: Ctx,
  input: { workspaceId: string; conversationId: string },
): Promise<SignalTarget | null> {
  const { rows } = await ctx.db.execute<Found>(sql`
    select c.workspace_id as "workspaceId", h.id as "channelId", c.id as "conversationId", h.page_id as "pageId",
      p.external_id as "contactExternalId", h.facebook_app_id as "facebookAppId", h.token_sealed as "tokenSealed", h.state as "channelState", c.last_customer_at as "lastCustomerAt",
      (extract(epoch from h.paused_until - desk_now()) * 1000)::float8 as "msPaused"
    from conversation c
    join contact p on p.workspace_id = c.workspace_id and p.id = c.contact_id
    join channel h on h.workspace_id = c.workspace_id and h.id = c.channel_id
    where c.workspace_id = ${input.workspaceId} and c.id = ${input.conversationId}`);
  const found = rows[0];
  if (!found?.tokenSealed || found.channelState === "broken" || found.channelState === "disconnected") return null;
  const { channelState: _, lastCustomerAt, tokenSealed, msPaused, ...target } = found;
  return {
    ...target,
    tokenSealed,
    msPaused: Math.max(0, msPaused ?? 0),
    open: replyWindow(lastCustomerAt?.getTime() ?? null, now()).state === "open",
  };
}

export type OwnReaction = { conversationId: string; externalId: string; emoji: string | null; at: Date };

/** The brand's reaction as it stands now. @returns null when there never was one, or the message is unsent */
export async function readOwnReaction(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string },
): Promise<OwnReaction | null> {
  const { rows } = await ctx.db.execute<OwnReaction>(sql`
    select m.conversation_id as "conversationId", m.external_id as "externalId", r.emoji, r.at
    from message m join reaction r on r.channel_id = m.channel_id and r.external_id = m.external_id and r.by = 'business'
    where m.workspace_id = ${input.workspaceId} and m.id = ${input.messageId} and m.unsent_at is null`);
  return rows[0] ?? null;
}

/** Instagram refused it: the message shows again what stands there. */
export async function undoOwnReaction(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string },
  refused: OwnReaction,
): Promise<void> {
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute(sql`
      update reaction r set emoji = ${refused.emoji === null ? HEART : null}
      from message m
      where m.workspace_id = ${input.workspaceId} and m.id = ${input.messageId} and r.channel_id = m.channel_id
        and r.external_id = m.external_id and r.by = 'business' and r.at = ${refused.at.toISOString()}
      returning r.at`);
    if (rows.length === 0) return;
    await tx.db.execute(sql`
      update message set version = version + 1 where workspace_id = ${input.workspaceId} and id = ${input.messageId}`);
    tx.record({
      workspaceId: input.workspaceId,
      type: "message.changed",
      conversationId: refused.conversationId,
      messageId: input.messageId,
    });
  });
}
