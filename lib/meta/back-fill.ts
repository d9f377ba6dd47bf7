import { isAppError } from "../errors";
import {
  type BackFillStep,
  endBackFill,
  readBackFillStep,
  recordBackFillWait,
  recordThreadRead,
  recordThreadsListed,
} from "../inbox/back-fill-steps";
import { type Ctx, write } from "../inbox/context";
import { pauseChannel } from "../inbox/pause-channel";
import type { JobOutcome } from "../queue/job";
import { MINUTE, now, SECOND } from "../time";
import { noteRefusal } from "./doctor/note-refusal";
import type { GraphAnswer, GraphError } from "./graph-errors";
import { keepThread } from "./keep-thread";
import { listThreads, type Reading, readThreadMessages } from "./read-threads";

const RETRY_MS = [2 * SECOND, 5 * SECOND, 10 * SECOND];
/** From then on it is Meta's trouble, or this thread's. */
const OUTAGE_MS = 5 * MINUTE;
const LONGEST_OUTAGE_S = 24 * 60 * 60;
const CURSOR_REFUSED = 100;
/** Meta's subcode of 613 for an account's conversations: somebody else asks for them too. */
const TWO_A_SECOND = 2534040;
const TOO_FAST_MS = 3 * SECOND;

type Refusal = Exclude<GraphAnswer, { kind: "answer" }>;

/**
 * One step of reading what Meta still gives of an account's conversations: a page of threads, or one thread. The queue
 * calls again until all is read; a step that is cut off is simply taken again.
 */
export async function backFill(
  ctx: Ctx,
  input: { workspaceId: string; backFillId: string },
  signal: AbortSignal,
): Promise<JobOutcome> {
  const found = await readBackFillStep(ctx, input);
  if (found.next === "nothing") return "done";
  if (found.next === "wait") return { again: found.ms };
  try {
    return await takeStep(ctx, found.step, signal);
  } catch (error) {
    if (!isAppError(error) || error.code !== "channel_unusable") throw error;
    await endBackFill(ctx, input, error.message);
    return "done";
  }
}

async function takeStep(ctx: Ctx, step: BackFillStep, signal: AbortSignal): Promise<JobOutcome> {
  if (step.state === "listing") return listPage(ctx, step, signal);
  if (step.thread) return readOne(ctx, { ...step, thread: step.thread }, signal);
  await endBackFill(ctx, step, null);
  return "done";
}

async function listPage(ctx: Ctx, step: BackFillStep, signal: AbortSignal): Promise<JobOutcome> {
  const listed = await listThreads(ctx, step, { after: step.cursor }, signal);
  if (!("read" in listed)) return settle(ctx, step, listed, signal);
  const { threads, next, restMs } = listed.read;
  const { since } = step;
  // Newest first: behind one that is too old all are.
  const reached = since !== null && threads.some(({ updatedAt }) => updatedAt < since);
  const wanted = threads.filter(({ updatedAt }) => since === null || updatedAt >= since);
  await recordThreadsListed(ctx, step, { threads: wanted, next: reached ? null : next });
  return goOn(ctx, step, restMs);
}

type ReadingStep = BackFillStep & { thread: NonNullable<BackFillStep["thread"]> };

async function readOne(ctx: Ctx, step: ReadingStep, signal: AbortSignal): Promise<JobOutcome> {
  const { externalId } = step.thread;
  const reading = await readThreadMessages(ctx, step, { externalId, readAt: new Date(now()) }, signal);
  if (!("read" in reading)) return settle(ctx, step, reading, signal);
  await keepThread(ctx, step, reading.read);
  return goOn(ctx, step, reading.read.restMs);
}

async function goOn(ctx: Ctx, step: BackFillStep, restMs: number | undefined): Promise<JobOutcome> {
  if (restMs !== undefined) await pauseChannel(ctx, { ...step, ms: restMs });
  return { again: 0 };
}

async function settle(
  ctx: Ctx,
  step: BackFillStep,
  reading: Exclude<Reading<never>, { read: never }>,
  signal: AbortSignal,
): Promise<JobOutcome> {
  if ("againMs" in reading) return { again: reading.againMs };
  const { answer } = reading;
  if (answer.kind === "none" && answer.reason === "aborted") return { again: 0 };
  if (answer.kind === "none" || answer.error.class === "retry") return repeat(ctx, step, answer, signal);
  return settleRefusal(ctx, step, answer.error);
}

async function settleRefusal(ctx: Ctx, step: BackFillStep, error: GraphError): Promise<JobOutcome> {
  if (error.class === "wait") {
    const ms = error.subcode === TWO_A_SECOND ? TOO_FAST_MS : (error.waitMs ?? MINUTE);
    await recordBackFillWait(ctx, step, { ms, problem: error.words, failed: false });
    return { again: ms };
  }
  const concernsAll = error.class === "reconnect" || error.class === "ask";
  if (concernsAll && (await noteRefusal(ctx, step, error))) return { again: 0 };
  if (error.class === "permanent" && step.state === "reading" && step.thread)
    return skipThread(ctx, { ...step, thread: step.thread });
  if (error.code === CURSOR_REFUSED && step.cursor) return listAnew(ctx, step);
  await endBackFill(ctx, step, error.words);
  return "done";
}

/** A passing problem: three times soon after; then either Meta is out of order, or this one thread cannot be read. */
async function repeat(ctx: Ctx, step: BackFillStep, answer: Refusal, signal: AbortSignal): Promise<JobOutcome> {
  const problem = answer.kind === "none" ? answer.words : answer.error.words;
  const soon = RETRY_MS[step.failures];
  if (soon === undefined && step.state === "reading" && step.thread) {
    const probe = await listThreads(ctx, step, { after: null, limit: 1 }, signal);
    if ("read" in probe) return skipThread(ctx, { ...step, thread: step.thread });
  }
  if (soon === undefined && step.secondsOld > LONGEST_OUTAGE_S) {
    await endBackFill(ctx, step, problem);
    return "done";
  }
  const ms = soon ?? Math.min(OUTAGE_MS, MINUTE * (step.failures - RETRY_MS.length + 1));
  await recordBackFillWait(ctx, step, { ms, problem, failed: true });
  return { again: ms };
}

async function skipThread(ctx: Ctx, step: ReadingStep): Promise<JobOutcome> {
  await write(ctx, (tx) => recordThreadRead(tx, step, { messages: 0, readAt: new Date(now()), refused: true }));
  return { again: 0 };
}

/** Meta's list has moved under its own cursor: once more from its beginning. What was read before is not read again. */
async function listAnew(ctx: Ctx, step: BackFillStep): Promise<JobOutcome> {
  await recordThreadsListed(ctx, step, { threads: [], next: "" });
  return { again: 0 };
}
