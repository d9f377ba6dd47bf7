import { sql } from "drizzle-orm";
import { now } from "../time";
import { type Ctx, write } from "./context";
import { keepFindings } from "./keep-findings";

/** Whether Meta takes replies of people after 24 hours: it does not tell, but each such reply shows it. */
export async function noteHumanAgent(
  ctx: Ctx,
  input: { workspaceId: string; channelId: string; accepted: boolean; problem: string },
): Promise<void> {
  const { workspaceId, channelId, accepted, problem } = input;
  await write(ctx, async (tx) => {
    // Whatever is worse stays named; of this one alone the channel goes on sending.
    const { rows } = await tx.db.execute<{ problemCode: string | null }>(sql`
      select problem_code as "problemCode" from channel where workspace_id = ${workspaceId} and id = ${channelId} for update`);
    if (!rows[0]) return;
    const state = accepted ? "good" : "bad";
    const code = accepted ? "accepted" : "refused";
    await keepFindings(tx, input, [{ line: LINE, state, code, evidence: { at: now() } }]);
    const named = rows[0].problemCode;
    if (accepted ? named !== LINE : named !== null) return;
    await tx.db.execute(sql`
      update channel set problem = ${accepted ? null : problem}, problem_code = ${accepted ? null : LINE}
      where workspace_id = ${workspaceId} and id = ${channelId}`);
    tx.record({ workspaceId, type: "channel.changed", channelId });
  });
}

const LINE = "human_agent";
