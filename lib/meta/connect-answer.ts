import { AppError } from "../errors";
import { answerConnectAttempt, type ConnectAnswer } from "../inbox/answer-connect-attempt";
import { claimConnectAttempt } from "../inbox/claim-connect-attempt";
import type { Ctx } from "../inbox/context";
import { log } from "../log";
import { installationApp } from "./facebook-apps";
import { exchangeCode } from "./login-exchange";
import { readLoginPerson } from "./login-person";
import { dialogProblem, type LoginProblem, loginProblemOf } from "./login-problems";
import { inspectToken } from "./login-token";

/**
 * Takes what Facebook's dialog sent the browser back with. However it ends, the attempt knows it afterwards.
 * @throws AppError attempt_expired when it is not the answer to a question of this browser and member
 */
export async function receiveLoginAnswer(
  ctx: Ctx,
  input: { query: URLSearchParams; browser: string | null },
): Promise<void> {
  const state = input.query.get("state");
  if (!state || !input.browser) throw new AppError("attempt_expired", NOT_STARTED_HERE);
  const { attemptId } = await claimConnectAttempt(ctx, { state, browser: input.browser });
  await answerConnectAttempt(ctx, { attemptId, answer: await readAnswer(input.query) });
}

const NOT_STARTED_HERE =
  "This answer from Facebook does not belong to a login that was started in this browser. Start again.";

async function readAnswer(query: URLSearchParams): Promise<ConnectAnswer> {
  const code = query.get("code");
  if (query.has("error") || query.has("error_code") || !code) {
    const problem = dialogProblem(query);
    if (problem !== "denied")
      log.warn({ problem, code: query.get("error_code") }, "Facebook's dialog ended with an error");
    return { problem };
  }
  try {
    return await redeem(code);
  } catch (error) {
    return { problem: loginProblemOf(error) };
  }
}

async function redeem(code: string): Promise<ConnectAnswer> {
  const app = installationApp();
  const userToken = await exchangeCode(code);
  const [login, inspected] = await Promise.all([readLoginPerson(userToken), inspectToken(userToken, app)]);
  const ours = inspected.valid && inspected.type === "USER" && inspected.appId === app.id;
  if (!ours) return { problem: "not_ours" satisfies LoginProblem };
  return { userToken, ...login };
}
