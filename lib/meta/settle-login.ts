import { AppError, isAppError } from "../errors";
import { answerConnectAttempt, type ConnectAnswer } from "../inbox/answer-connect-attempt";
import { claimConnectAttempt } from "../inbox/claim-connect-attempt";
import type { Ctx } from "../inbox/context";
import { log } from "../log";
import { loginProblemOf } from "./login-problems";

/**
 * Takes an answer of Facebook's login for the attempt that it belongs to, once. However it ends, the attempt knows it
 * afterwards. @throws AppError attempt_expired when it answers no question of this browser and member
 */
export async function settleLogin(
  ctx: Ctx,
  input: { state: string | null; browser: string | null },
  readAnswer: () => Promise<ConnectAnswer>,
): Promise<void> {
  const { attemptId } = await claim(ctx, input);
  const answer = await readAnswer().catch((error): ConnectAnswer => ({ problem: loginProblemOf(error) }));
  if ("problem" in answer) log.warn({ problem: answer.problem }, "a login at Facebook led to nothing");
  await answerConnectAttempt(ctx, { attemptId, answer });
}

async function claim(ctx: Ctx, { state, browser }: { state: string | null; browser: string | null }) {
  try {
    if (!state || !browser) throw new AppError("attempt_expired", NOT_STARTED_HERE);
    return await claimConnectAttempt(ctx, { state, browser });
  } catch (error) {
    const member = ctx.actor.type === "member" ? ctx.actor.id : null;
    if (isAppError(error)) log.warn({ member, code: error.code }, "an answer of Facebook's login was refused");
    throw error;
  }
}

const NOT_STARTED_HERE =
  "This answer from Facebook does not belong to a login that was started in this browser. Start again.";
