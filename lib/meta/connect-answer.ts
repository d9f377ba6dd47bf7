import type { Ctx } from "../inbox/context";
import { exchangeCode } from "./login-exchange";
import { dialogProblem } from "./login-problems";
import { settleLogin } from "./settle-login";
import { trustLogin } from "./trust-login";

/**
 * Takes what Facebook's dialog sent the browser back with.
 * @throws AppError attempt_expired when it is not the answer to a question of this browser and member
 */
export async function receiveLoginAnswer(
  ctx: Ctx,
  input: { query: URLSearchParams; browser: string | null },
): Promise<void> {
  const { query, browser } = input;
  await settleLogin(ctx, { state: query.get("state"), browser }, async () => {
    const code = query.get("code");
    if (query.has("error") || query.has("error_code") || !code) return { problem: dialogProblem(query) };
    return trustLogin(await exchangeCode(code), null);
  });
}
