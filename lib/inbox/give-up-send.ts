import { sql } from "drizzle-orm";
import { type Ctx, write } from "./context";
import { refreshConversations } from "./refresh-conversations";

/** The queue gave a send up (its handler failed again and again): never silence, so the message says how it stands. */
export async function giveUpSend(ctx: Ctx, input: { workspaceId: string; messageId: string }): Promise<void> {
  await write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ conversationId: string }>(sql`
      update message set version = version + 1,
        state = case when state = 'queued' then 'failed' else 'unconfirmed' end,
        failure_code = case when state = 'queued' then 'given_up' end,
        failure_text = case when state = 'queued' then 'The desk tried several times and could not send this. Send it again; if that fails too, tell who runs this desk.' end
      where workspace_id = ${input.workspaceId} and id = ${input.messageId} and state in ('queued', 'dispatching')
      returning conversation_id as "conversationId"`);
    const row = rows[0];
    if (!row) return;
    await tx.db.execute(
      sql`select id from conversation where workspace_id = ${input.workspaceId} and id = ${row.conversationId} for update`,
    );
    await refreshConversations(tx.db, [row.conversationId]);
    tx.record({
      workspaceId: input.workspaceId,
      type: "message.changed",
      conversationId: row.conversationId,
      messageId: input.messageId,
    });
  });
}
