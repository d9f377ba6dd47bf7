import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "../inbox/context";
import { endReadingTurn, takeReadingTurn } from "../inbox/take-reading-turn";

/** Longer than this nobody stands in line: whoever asks comes back. */
const PATIENCE_MS = 3_000;

/** Asks Meta for something of an account's conversations when it is this call's turn. @returns `again`, in ms, when too many stand in line */
export async function withReadingTurn<T>(
  ctx: Ctx,
  { accountId }: { accountId: string },
  ask: () => Promise<T>,
): Promise<{ answer: T } | { again: number }> {
  const turn = await takeReadingTurn(ctx, { accountId, patienceMs: PATIENCE_MS });
  if ("again" in turn) return turn;
  await sleep(turn.waitMs);
  try {
    return { answer: await ask() };
  } finally {
    await endReadingTurn(ctx, { accountId });
  }
}
