import { type Ctx, requireAdmin, write } from "./context";
import { finishConnectAttempts } from "./finish-connect-attempts";

/** Gives up connecting in this browser; the login that Facebook gave is erased at once. */
export async function cancelConnectAttempt(ctx: Ctx, input: { browser: string }): Promise<void> {
  const member = requireAdmin(ctx);
  await write(ctx, (tx) => finishConnectAttempts(tx, member, input.browser));
}
