import { sql } from "drizzle-orm";
import { askForCheck } from "./ask-for-check";
import type { Finding } from "./channel-finding";
import { type Ctx, type WriteCtx, write } from "./context";
import { keepFindings } from "./keep-findings";
import { readBackLater } from "./read-back-later";

type Break = {
  workspaceId: string;
  channelId: string;
  /** In words: what happened and what to do. */
  problem: string;
  /** The doctor's line that is the cause. */
  problemCode: string;
  /** What exactly, for the doctor's words. */
  code?: string;
  evidence?: Finding["evidence"];
  /** Facebook itself told of it: it takes the place of a cause that was found before. */
  told?: boolean;
};

/**
 * The channel cannot answer any more until someone mends it; its queue is kept, what comes in is still shown. What it may
 * miss meanwhile is read back as soon as it works again, however that comes about.
 */
export async function breakChannel(ctx: Ctx | WriteCtx, input: Break): Promise<void> {
  const { workspaceId, channelId, problem, problemCode, told = false } = input;
  await write(ctx, async (tx) => {
    // One that is broken already keeps its cause: what comes after it is often its consequence.
    const { rows } = await tx.db.execute(sql`
      update channel set state = 'broken', problem = ${problem}, problem_code = ${problemCode}, checked_at = desk_now()
      where workspace_id = ${workspaceId} and id = ${channelId}
        and (state in ('connecting', 'healthy') or (state = 'broken' and ${told})) returning id`);
    if (rows.length === 0) return;
    const { code = "refused", evidence = {} } = input;
    await keepFindings(tx, input, [{ line: problemCode, state: "bad", code, evidence }]);
    await askForCheck(tx, { channelId, when: "while_broken" });
    tx.record({ workspaceId, type: "channel.changed", channelId });
    await readBackLater(tx, input);
  });
}
