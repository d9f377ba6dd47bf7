import type { Ctx } from "../../inbox/context";
import type { JobOutcome } from "../../queue/job";
import { DAY, HOUR, MINUTE } from "../../time";
import { checkChannel } from "./check-channel";

/** Not everybody's at one hour: each time it comes a little earlier or later, so that channels spread over the day. */
const DAILY_MS = DAY - 3 * HOUR;
const SPREAD_MS = 3 * HOUR;
/** What somebody mends in Facebook's or Instagram's settings is noticed without a button. */
const BROKEN_MS = 10 * MINUTE;
const HINDERED_MS = HOUR;
const NO_ANSWER_MS = 30 * MINUTE;

/** The job that every channel has: it looks, and comes again. */
export async function checkInTurn(ctx: Ctx, input: { workspaceId: string; channelId: string }): Promise<JobOutcome> {
  const outcome = await checkChannel(ctx, input);
  if (outcome === "gone") return "done";
  if (outcome === "no_answer") return { again: NO_ANSWER_MS };
  if (outcome.blocks) return { again: BROKEN_MS };
  // Facebook does not tell of that feature: looking again would show nothing.
  if (outcome.cause !== null && outcome.cause !== "human_agent") return { again: HINDERED_MS };
  return { again: DAILY_MS + Math.random() * SPREAD_MS };
}
