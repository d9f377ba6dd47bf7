import { sql } from "drizzle-orm";
import { MINUTE, SECOND } from "../time";
import type { Ctx, WriteCtx } from "./context";

/** So long at least lies between two looks that errors ask for, however many come. */
const SOON_MS = 30 * SECOND;
/** What somebody mends in Facebook's or Instagram's settings is noticed without a button. */
const BROKEN_MS = 10 * MINUTE;

/** Something met in daily work makes a look at the channel worth while soon, not only in its turn. */
export async function askForCheck(
  ctx: Ctx | WriteCtx,
  input: { channelId: string; when: "soon" | "while_broken" },
): Promise<void> {
  const ms = input.when === "soon" ? SOON_MS : BROKEN_MS;
  await ctx.db.execute(sql`
    update job set run_at = least(run_at, desk_now() + ${ms} * interval '1 millisecond')
    where queue = 'doctor' and key = ${input.channelId} and state = 'ready' and lease_token is null`);
}
