import type { Ctx } from "../inbox/context";
import { pauseChannel } from "../inbox/pause-channel";
import { readOwnReaction, readSignalTarget, type SignalTarget, undoOwnReaction } from "../inbox/read-signal";
import { log } from "../log";
import type { JobOutcome } from "../queue/job";
import { noteRefusal } from "./doctor/note-refusal";
import { callGraph } from "./graph-client";
import type { GraphAnswer } from "./graph-errors";
import { pageToken } from "./page-token";

const TIMEOUT_MS = 10_000;
const AGAIN_MS = 10_000;
const HELD_MS = 60_000;

export type Signal =
  | { type: "seen"; workspaceId: string; conversationId: string }
  | { type: "reaction"; workspaceId: string; messageId: string };

/** Tells Instagram what stands at the desk now; told twice is as told once. */
export async function sendSignal(ctx: Ctx, signal: Signal): Promise<JobOutcome> {
  return signal.type === "seen" ? sendSeen(ctx, signal) : sendReaction(ctx, signal);
}

/** Told in vain again and again: what nobody at Instagram sees must not stand here either. */
export async function giveUpSignal(ctx: Ctx, signal: Signal): Promise<void> {
  if (signal.type === "seen") return;
  const reaction = await readOwnReaction(ctx, signal);
  if (reaction) await undoOwnReaction(ctx, signal, reaction);
}

async function sendSeen(ctx: Ctx, signal: Extract<Signal, { type: "seen" }>): Promise<JobOutcome> {
  const target = await readSignalTarget(ctx, signal);
  if (!target?.open) return "done";
  if (target.msPaused > 0) return { again: target.msPaused };
  const answer = await callAction(ctx, target, { sender_action: "mark_seen" });
  return (await afterCall(ctx, target, answer)) ?? "done";
}

async function sendReaction(ctx: Ctx, signal: Extract<Signal, { type: "reaction" }>): Promise<JobOutcome> {
  const reaction = await readOwnReaction(ctx, signal);
  if (!reaction) return "done";
  const target = await readSignalTarget(ctx, { ...signal, conversationId: reaction.conversationId });
  if (!target) return { again: HELD_MS };
  if (target.msPaused > 0) return { again: target.msPaused };
  const payload = { message_id: reaction.externalId };
  const answer = await callAction(
    ctx,
    target,
    reaction.emoji === null
      ? { sender_action: "unreact", payload }
      : { sender_action: "react", payload: { ...payload, reaction: "love" } },
  );
  const later = await afterCall(ctx, target, answer);
  if (later) return later;
  if (answer.kind === "error") await undoOwnReaction(ctx, signal, reaction);
  return "done";
}

/** `sender_action` allows nothing beside it but its recipient and payload. */
export async function callAction(
  ctx: Ctx,
  target: SignalTarget,
  action: Record<string, unknown>,
): Promise<GraphAnswer> {
  return callGraph({
    method: "POST",
    path: `/${target.pageId}/messages`,
    json: { recipient: { id: target.contactExternalId }, ...action },
    token: await pageToken(ctx, target),
    timeoutMs: TIMEOUT_MS,
  });
}

/** What the answer asks of the whole account. @returns when to try again; null when this was the last word */
async function afterCall(ctx: Ctx, target: SignalTarget, answer: GraphAnswer): Promise<JobOutcome | null> {
  if (answer.kind === "answer") return null;
  if (answer.kind === "none") return { again: AGAIN_MS, failed: answer.words };
  const { error } = answer;
  log.warn({ channel: target.channelId, code: error.code, subcode: error.subcode }, "Instagram refused a signal");
  if (error.class === "wait") {
    const ms = error.waitMs ?? HELD_MS;
    await pauseChannel(ctx, { ...target, ms });
    return { again: ms };
  }
  if (await noteRefusal(ctx, target, error)) return { again: HELD_MS };
  return error.class === "retry" ? { again: AGAIN_MS, failed: error.words } : null;
}
