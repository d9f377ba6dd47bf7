import { sql } from "drizzle-orm";
import { askForCheck } from "./ask-for-check";
import { type Ctx, type WriteCtx, write } from "./context";
import { keepFindings } from "./keep-findings";
import { readBackLater } from "./read-back-later";

/**
 * A Facebook person took this desk's access back: what was connected with their login cannot answer any more. Its queue
 * and its history stay, and so do sign-ins. @returns how many channels broke
 */
export async function deauthorizePerson(
  ctx: Ctx | WriteCtx,
  input: { facebookAppId: string; personId: string; problem: string; problemCode: string },
): Promise<number> {
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ workspaceId: string; channelId: string }>(sql`
      update channel set state = 'broken', problem = ${input.problem}, problem_code = ${input.problemCode}, checked_at = desk_now()
      where facebook_app_id = ${input.facebookAppId} and person_id = ${input.personId} and state <> 'disconnected'
      returning workspace_id as "workspaceId", id as "channelId"`);
    for (const row of rows) {
      await keepFindings(tx, row, [{ line: input.problemCode, state: "bad", code: "app_removed", evidence: {} }]);
      await readBackLater(tx, row);
      await askForCheck(tx, { ...row, when: "while_broken" });
      tx.record({ ...row, type: "channel.changed" });
    }
    return rows.length;
  });
}
