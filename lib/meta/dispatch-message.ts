import { z } from "zod";
import { beginDispatch, DISPATCH_SECONDS, type Dispatch } from "../inbox/begin-dispatch";
import { breakChannel } from "../inbox/break-channel";
import type { Ctx } from "../inbox/context";
import { type DispatchOutcome, recordDispatch } from "../inbox/record-dispatch";
import { log } from "../log";
import type { JobOutcome } from "../queue/job";
import { callGraph } from "./graph-client";
import type { GraphAnswer } from "./graph-errors";
import { pageToken } from "./page-token";
import { resolveMessage } from "./resolve-message";

/** The socket is destroyed this long before the deadline, so that nobody judges an attempt that still runs. */
const MARGIN_MS = 5_000;
const MAX_ATTEMPTS = 3;
const RETRY_MS = [2_000, 10_000];
/** First look into the thread after a silence: the echo is usually faster. */
const RESOLVE_AFTER_MS = 3_000;

const answerBody = z.looseObject({ message_id: z.string().min(1) });

/** One step of one send; the queue calls again until it is settled. Sends once: what got no answer is looked for, never repeated blindly. */
export async function dispatchMessage(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string },
  signal?: AbortSignal,
): Promise<JobOutcome> {
  const begun = await beginDispatch(ctx, input);
  if (begun.next === "nothing") return "done";
  if (begun.next === "wait") return { again: begun.ms };
  if (begun.next === "resolve") return resolveMessage(ctx, input);
  const { dispatch } = begun;
  const answer = await callGraph({
    method: "POST",
    path: `/${dispatch.pageId}/messages`,
    json: sendBody(dispatch),
    token: pageToken(dispatch),
    timeoutMs: DISPATCH_SECONDS * 1000 - MARGIN_MS,
    ...(signal ? { signal } : {}),
  });
  return settle(ctx, dispatch, answer);
}

function sendBody(dispatch: Dispatch): Record<string, unknown> {
  const tagged = dispatch.window.state === "people_only" && dispatch.writtenByMember;
  return {
    recipient: { id: dispatch.contactExternalId },
    message: { text: dispatch.text },
    ...(tagged ? { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" } : { messaging_type: "RESPONSE" }),
  };
}

async function settle(ctx: Ctx, dispatch: Dispatch, answer: GraphAnswer): Promise<JobOutcome> {
  const record = (outcome: DispatchOutcome) => recordDispatch(ctx, dispatch, outcome);
  if (answer.kind === "answer") {
    const body = answerBody.safeParse(answer.body);
    // An answer without a message id tells as little as none.
    await record(body.success ? { type: "sent", externalId: body.data.message_id } : { type: "silent" });
    return body.success ? "done" : { again: RESOLVE_AFTER_MS };
  }
  if (answer.kind === "none") {
    // What surely never left this machine can be sent again without a doubt.
    await record(answer.left ? { type: "silent" } : { type: "waits" });
    return { again: answer.left ? RESOLVE_AFTER_MS : (RETRY_MS[dispatch.attempt - 1] ?? 60_000) };
  }
  const { error } = answer;
  log.warn(
    {
      channel: dispatch.channelId,
      code: error.code,
      subcode: error.subcode,
      class: error.class,
      fbtraceId: error.fbtraceId,
    },
    "Instagram refused a message",
  );
  if (error.class === "wait") {
    await record({ type: "waits" });
    return { again: error.waitMs ?? 60_000 };
  }
  if (error.class === "retry" && dispatch.attempt < MAX_ATTEMPTS) {
    await record({ type: "waits" });
    return { again: RETRY_MS[dispatch.attempt - 1] ?? 60_000 };
  }
  if (error.class === "reconnect") {
    await breakChannel(ctx, { workspaceId: dispatch.workspaceId, channelId: dispatch.channelId, problem: error.words });
    await record({ type: "waits" });
    return { again: 60_000 };
  }
  const code = error.subcode ? `${error.code}/${error.subcode}` : String(error.code);
  await record({ type: "failed", code, text: error.words });
  return "done";
}
