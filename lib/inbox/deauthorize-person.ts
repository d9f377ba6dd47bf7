import { sql } from "drizzle-orm";
import { breakChannel } from "./break-channel";
import { type Ctx, type WriteCtx, write } from "./context";

type Deauthorization = {
  facebookAppId: string;
  personId: string;
  /** In words: what happened and what to do. */
  problem: string;
  /** The doctor's line that is the cause, and what exactly. */
  problemCode: string;
  code: string;
};

/**
 * A Facebook person took this desk's access back: what was connected with their login cannot answer any more. Its queue
 * and its history stay, and so do sign-ins. @returns how many channels it concerns
 */
export async function deauthorizePerson(ctx: Ctx | WriteCtx, input: Deauthorization): Promise<number> {
  const { facebookAppId, personId, problem, problemCode, code } = input;
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ workspaceId: string; channelId: string }>(sql`
      select workspace_id as "workspaceId", id as "channelId" from channel
      where facebook_app_id = ${facebookAppId} and person_id = ${personId} and state <> 'disconnected' order by id`);
    for (const channel of rows) {
      await breakChannel(tx, { ...channel, problem, problemCode, code, told: true });
    }
    return rows.length;
  });
}
