import { askForCheck } from "../../inbox/ask-for-check";
import { breakChannel } from "../../inbox/break-channel";
import type { Ctx } from "../../inbox/context";
import { readCheckTarget } from "../../inbox/read-check-target";
import { MINUTE, now } from "../../time";
import type { GraphErrorClass } from "../graph-error-table";
import { type CheckOutcome, checkChannel } from "./check-channel";
import { causeOfError, deservesCheck } from "./error-cause";

type Refusal = { code: number | null; subcode: number | null; class: GraphErrorClass | "none"; words: string };

/** So long an error that its code does not explain asks for no second look: it concerns its own request alone. */
const LOOKED_MS = 10 * MINUTE;
const MAX_REMEMBERED = 10_000;

const looks = new Map<string, { at: number; outcome: Promise<CheckOutcome> }>();

/**
 * Takes from an error met in daily work what it says about the whole connection, by its code alone. Where the code may
 * mean several things the connection itself is looked at.
 * @param lookedMs how long an earlier look for the same reason is enough
 * @returns true when nothing can be done for the account before somebody mends it: the work waits
 */
export async function noteRefusal(
  ctx: Ctx,
  channel: { workspaceId: string; channelId: string },
  refusal: Refusal,
  lookedMs = LOOKED_MS,
): Promise<boolean> {
  const { workspaceId, channelId } = channel;
  const cause = causeOfError(refusal);
  if (cause) {
    const { line: problemCode, code } = cause;
    await breakChannel(ctx, { workspaceId, channelId, problem: refusal.words, problemCode, code });
    await askForCheck(ctx, { channelId, when: "soon" });
    return true;
  }
  return deservesCheck(refusal) ? findCause(ctx, { workspaceId, channelId }, lookedMs) : false;
}

async function findCause(
  ctx: Ctx,
  channel: { workspaceId: string; channelId: string },
  lookedMs: number,
): Promise<boolean> {
  const last = looks.get(channel.channelId);
  if (last && now() - last.at < lookedMs) {
    // It may have been another request's error that asked, and its look may still be under way.
    await last.outcome;
    await askForCheck(ctx, { channelId: channel.channelId, when: "while_broken" });
    return (await readCheckTarget(ctx, channel))?.state === "broken";
  }
  if (looks.size >= MAX_REMEMBERED) looks.clear();
  const look = { at: now(), outcome: checkChannel(ctx, channel) };
  looks.set(channel.channelId, look);
  const outcome = await look.outcome;
  return typeof outcome === "object" && outcome.blocks;
}
