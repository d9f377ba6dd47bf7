import { z } from "zod";
import { type Ctx, write } from "../inbox/context";
import { knownExternalIds, readUnconfirmed, recordAbsentRead, type Unconfirmed } from "../inbox/read-unconfirmed";
import { recordDispatch } from "../inbox/record-dispatch";
import { enqueue } from "../queue/enqueue";
import type { JobOutcome } from "../queue/job";
import { callGraph, type GraphRequest } from "./graph-client";
import type { GraphAnswer } from "./graph-errors";
import { pageToken } from "./page-token";
import { withReadingTurn } from "./reading-turn";
import { likeness, type ThreadMessage, threadMessage, threadTime } from "./thread-message";

/** Two successful readings without the message, this far apart, mean that it was never sent. */
const BETWEEN_READS_S = 30;
/** After that the send gives up its place in the queue and is looked for beside it. */
const HOLDS_PLACE_S = 120;
/** While Meta itself is out of order nothing behind it could leave either: so long it keeps its place then, and to its second reading. */
const HOLDS_PLACE_IN_OUTAGE_S = 20 * 60;
/** Meta's times are by its own clock, and a server's may be off: what looks a little older may be the message all the same. */
const CLOCK_SLACK_MS = 300_000;
const LOOK_AGAIN_MS = 10_000;
const FIRST_LATER_LOOK_MS = 60_000;
const LATER_LOOK_IN_OUTAGE_MS = 60_000;
const LONGEST_OUTAGE_S = 24 * 60 * 60;
const LATER_LOOKS_MS = [0, 300_000, 900_000, 3_600_000, 21_600_000];

/** A send without answer, while it still holds its place: looked for in Instagram's own thread. */
export async function resolveMessage(ctx: Ctx, input: { workspaceId: string; messageId: string }): Promise<JobOutcome> {
  const message = await readUnconfirmed(ctx, input);
  if (!message) return "done";
  const verdict = await look(ctx, message);
  if (verdict === "sent") return "done";
  if (verdict === "absent" && !message.laterLeft) return sendAgain(ctx, message);
  const patience = verdict === "open" ? HOLDS_PLACE_S : HOLDS_PLACE_IN_OUTAGE_S;
  if (verdict === "absent" || message.secondsSilent > patience) {
    await write(ctx, async (tx) => {
      await enqueue(tx.db, { queue: "resolve", key: message.messageId, payload: input, delayMs: FIRST_LATER_LOOK_MS });
    });
    return "done";
  }
  return { again: LOOK_AGAIN_MS };
}

/** The same, once the send has given up its place. A later message may have left, so it never goes again by itself. */
export async function resolveLater(
  ctx: Ctx,
  input: { workspaceId: string; messageId: string },
  attempt: number,
): Promise<JobOutcome> {
  const message = await readUnconfirmed(ctx, input);
  if (!message) return "done";
  const verdict = await look(ctx, message);
  if (verdict === "sent") return "done";
  if (verdict === "absent") {
    const text =
      "Instagram's own conversation does not show this message, so it was not sent. Later messages may have gone out; send it again if it is still right.";
    await recordDispatch(ctx, message, { type: "failed", code: "not_on_instagram", text });
    return "done";
  }
  if (verdict === "outage" && message.secondsSilent < LONGEST_OUTAGE_S) return { again: LATER_LOOK_IN_OUTAGE_MS };
  const next = LATER_LOOKS_MS[attempt];
  return next === undefined
    ? "done"
    : { again: next, failed: "Instagram's conversation tells neither that it was sent nor that it was not." };
}

/** `once`: absent in one reading so far. `outage`: the thread could not be read, because Meta did not answer or too many stand in line. */
type Verdict = "sent" | "absent" | "once" | "open" | "outage";

async function sendAgain(ctx: Ctx, message: Unconfirmed): Promise<JobOutcome> {
  await recordDispatch(ctx, message, { type: "waits" });
  return { again: 0 };
}

/** One reading of the thread. Absent means: read well, reached back before the dispatch, no candidate, twice. */
async function look(ctx: Ctx, message: Unconfirmed): Promise<Verdict> {
  if (!message.tokenSealed) return "open";
  if (message.absentReads > 0 && (message.secondsSinceAbsentRead ?? 0) < BETWEEN_READS_S) return "once";
  const thread = await readNewest(ctx, message);
  if ("unread" in thread) return thread.unread;
  const since = message.dispatchedAt.getTime() - CLOCK_SLACK_MS;
  const fromUs = thread.messages.filter((m) => m.fromAccount && m.at >= since);
  const known = await knownExternalIds(
    ctx,
    message.channelId,
    fromUs.map((m) => m.id),
  );
  const unknown = fromUs.filter((m) => !known.has(m.id)).map((m) => ({ ...m, likeness: likeness(message, m) }));
  const candidates = unknown.filter((m) => m.likeness === "equal");
  const unclear = unknown.some((m) => m.likeness === "unclear");
  if (candidates.length === 1 && candidates[0] && !unclear) {
    await recordDispatch(ctx, message, { type: "sent", externalId: candidates[0].id });
    return "sent";
  }
  if (candidates.length > 0 || unclear) return "open";
  const reachedBack = thread.complete || thread.messages.some((m) => m.at < since);
  if (!reachedBack) return "open";
  await recordAbsentRead(ctx, message);
  return message.absentReads + 1 >= 2 ? "absent" : "once";
}

const threadsBody = z.object({ data: z.array(z.looseObject({ id: z.string() })) });
const messagesBody = z.looseObject({
  data: z.array(threadMessage),
  paging: z.looseObject({ next: z.string().optional() }).optional(),
});

type Read =
  | { messages: (ThreadMessage & { id: string; at: number; fromAccount: boolean })[]; complete: boolean }
  | { unread: "open" | "outage" };

/** The 20 newest messages are all that Meta gives in detail. */
async function readNewest(ctx: Ctx, message: Unconfirmed): Promise<Read> {
  if (!message.tokenSealed) return { unread: "open" };
  const token = await pageToken(ctx, { ...message, tokenSealed: message.tokenSealed });
  const read = (path: string, params: GraphRequest["params"]) =>
    withReadingTurn(ctx, message, () => callGraph({ method: "GET", path, params, token, timeoutMs: 10_000 }));
  const threads = await read(`/${message.pageId}/conversations`, {
    platform: "instagram",
    user_id: message.contactExternalId,
    fields: "id",
  });
  if (!isRead(threads)) return { unread: unreadBecause(threads) };
  const threadId = threadsBody.safeParse(threads.answer.body).data?.data[0]?.id;
  if (!threadId) return { unread: "open" };
  const listed = await read(`/${threadId}/messages`, {
    fields: "id,created_time,from,message,attachments,shares",
    limit: 20,
  });
  if (!isRead(listed)) return { unread: unreadBecause(listed) };
  const body = messagesBody.safeParse(listed.answer.body);
  if (!body.success) return { unread: "open" };
  const messages = body.data.data.map((m) => ({
    ...m,
    at: threadTime(m.created_time),
    fromAccount: m.from?.id === message.accountId,
  }));
  return { messages, complete: !body.data.paging?.next };
}

type Asked = { answer: GraphAnswer } | { again: number };
type Answered = { answer: Extract<GraphAnswer, { kind: "answer" }> };

function isRead(asked: Asked): asked is Answered {
  return "answer" in asked && asked.answer.kind === "answer";
}

function unreadBecause(asked: Exclude<Asked, Answered>): "open" | "outage" {
  if ("again" in asked) return "outage";
  const { answer } = asked;
  if (answer.kind !== "error") return "outage";
  const { class: kind, status } = answer.error;
  return status >= 500 || kind === "wait" || kind === "retry" ? "outage" : "open";
}
