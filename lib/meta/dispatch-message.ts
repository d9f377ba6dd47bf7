import { z } from "zod";
import { isAppError } from "../errors";
import { beginDispatch, DISPATCH_SECONDS, type Dispatch } from "../inbox/begin-dispatch";
import { breakChannel } from "../inbox/break-channel";
import type { Ctx } from "../inbox/context";
import { noteBlocked } from "../inbox/note-blocked";
import { pauseChannel } from "../inbox/pause-channel";
import { type DispatchOutcome, recordDispatch } from "../inbox/record-dispatch";
import { log } from "../log";
import type { JobOutcome } from "../queue/job";
import { withChannelSlot } from "./channel-slots";
import { noteLateRefusal, noteLateReply } from "./doctor/note-late-reply";
import { noteRefusal } from "./doctor/note-refusal";
import { callGraph, type GraphRequest } from "./graph-client";
import type { GraphAnswer, GraphError } from "./graph-errors";
import { pageToken } from "./page-token";
import { resolveMessage } from "./resolve-message";
import { sendBody } from "./send-body";

/** The socket is destroyed this long before the deadline, so that nobody judges an attempt that still runs. */
const MARGIN_MS = 5_000;
/** Meta answers some refusals of a person with a passing problem, so such a one is believed three times only. */
const MAX_RETRIES = 2;
/** An outage of Meta's: with the waits below, a quarter of an hour. */
const MAX_OUTAGE_RETRIES = 17;
const RETRY_MS = [2_000, 10_000, 30_000];
const LATER_RETRIES_MS = 60_000;
/** Before a message is given up the connection is looked at, unless one before it had just done so. */
const LOOKED_MS = 30_000;
/** First look into the thread after a silence: the echo is usually faster. */
const RESOLVE_AFTER_MS = 3_000;

/** Meta's for somebody who blocked the brand, or whose account is gone. */
const PERSON_UNAVAILABLE_CODE = 551;

const answerBody = z.looseObject({ message_id: z.string().min(1) });

/** One step of one send; the queue calls again until it is settled. Sends once: what got no answer is looked for, never repeated blindly. */
export async function dispatchMessage(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string; channelId?: string | undefined },
  signal?: AbortSignal,
): Promise<JobOutcome> {
  // A job of an earlier version of the product names no channel.
  const step = await withChannelSlot(input.channelId ?? input.messageId, () => takeStep(ctx, input, signal));
  return "done" in step ? step.done : { again: step.waitMs };
}

async function takeStep(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string },
  signal: AbortSignal | undefined,
): Promise<JobOutcome> {
  const begun = await beginDispatch(ctx, input);
  if (begun.next === "nothing") return "done";
  if (begun.next === "wait") return { again: begun.ms };
  if (begun.next === "resolve") return resolveMessage(ctx, input);
  const { dispatch } = begun;
  const token = await openToken(ctx, dispatch);
  if (!token) return { again: LATER_RETRIES_MS };
  const answer = await callGraph({
    method: "POST",
    path: `/${dispatch.pageId}/messages`,
    json: sendBody(dispatch),
    token,
    timeoutMs: DISPATCH_SECONDS * 1000 - MARGIN_MS,
    ...(signal ? { signal } : {}),
  });
  return settle(ctx, dispatch, answer);
}

/** @returns null when the account cannot be answered for before it is connected again; nothing left then */
async function openToken(ctx: Ctx, dispatch: Dispatch): Promise<GraphRequest["token"] | null> {
  try {
    return await pageToken(ctx, dispatch);
  } catch (error) {
    if (!isAppError(error) || error.code !== "channel_unusable") throw error;
    await breakChannel(ctx, { ...dispatch, problem: error.message, problemCode: "token", code: "undecryptable" });
    await recordDispatch(ctx, dispatch, { type: "waits" });
    return null;
  }
}

async function settle(ctx: Ctx, dispatch: Dispatch, answer: GraphAnswer): Promise<JobOutcome> {
  const record = (outcome: DispatchOutcome) => recordDispatch(ctx, dispatch, outcome);
  if (answer.kind === "answer") {
    const body = answerBody.safeParse(answer.body);
    // An answer without a message id tells as little as none.
    await record(body.success ? { type: "sent", externalId: body.data.message_id } : { type: "silent" });
    if (body.success) await noteLateReply(ctx, dispatch);
    if (answer.restMs !== undefined) await pauseChannel(ctx, { ...dispatch, ms: answer.restMs });
    return body.success ? "done" : { again: RESOLVE_AFTER_MS };
  }
  if (answer.kind === "none") {
    // What surely never left this machine can be sent again without a doubt.
    await record(answer.left ? { type: "silent" } : { type: "waits", retry: true });
    return { again: answer.left ? RESOLVE_AFTER_MS : retryMs(dispatch) };
  }
  return settleRefusal(ctx, dispatch, answer.error);
}

async function settleRefusal(ctx: Ctx, dispatch: Dispatch, error: GraphError): Promise<JobOutcome> {
  const { class: kind, code, subcode, fbtraceId } = error;
  log.warn({ channel: dispatch.channelId, code, subcode, class: kind, fbtraceId }, "Instagram refused a message");
  if (kind === "wait") {
    const ms = error.waitMs ?? LATER_RETRIES_MS;
    await pauseChannel(ctx, { ...dispatch, ms });
    await recordDispatch(ctx, dispatch, { type: "waits" });
    return { again: ms };
  }
  if (kind === "retry" && dispatch.retries < (isOutage(error) ? MAX_OUTAGE_RETRIES : MAX_RETRIES)) {
    await recordDispatch(ctx, dispatch, { type: "waits", retry: true });
    return { again: retryMs(dispatch) };
  }
  if (await noteRefusal(ctx, dispatch, error, LOOKED_MS)) {
    await recordDispatch(ctx, dispatch, { type: "waits" });
    return { again: LATER_RETRIES_MS };
  }
  if (code === PERSON_UNAVAILABLE_CODE) await noteBlocked(ctx, dispatch);
  const late = await noteLateRefusal(ctx, dispatch, error);
  const failure = { code: subcode ? `${code}/${subcode}` : String(code), text: late ?? error.words };
  await recordDispatch(ctx, dispatch, { type: "failed", ...failure });
  return "done";
}

/** Meta's own trouble rather than something about this message or person. */
function isOutage(error: GraphError): boolean {
  return error.transient || error.status >= 500;
}

function retryMs({ retries }: Dispatch): number {
  return RETRY_MS[retries] ?? LATER_RETRIES_MS;
}
