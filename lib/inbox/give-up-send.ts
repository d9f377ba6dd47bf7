import { sql } from "drizzle-orm";
import { enqueue } from "../queue/enqueue";
import { type Ctx, write } from "./context";
import { recordDeliveryEvent } from "./record-delivery-event";
import { refreshConversations } from "./refresh-conversations";

const LOOK_AGAIN_MS = 60_000;

/** The queue gave a send up (its handler failed again and again): never silence, so the message says how it stands. */
export async function giveUpSend(ctx: Ctx, input: { workspaceId: string; messageId: string }): Promise<void> {
  await write(ctx, async (tx) => {
    await tx.db.execute(sql`
      select id from conversation where workspace_id = ${input.workspaceId} and id = (
        select conversation_id from message where workspace_id = ${input.workspaceId} and id = ${input.messageId}) for update`);
    const { rows } = await tx.db.execute<{ conversationId: string; state: string }>(sql`
      update message set version = version + 1,
        state = case when state = 'queued' then 'failed' else 'unconfirmed' end,
        failure_code = case when state = 'queued' then 'given_up' end,
        failure_text = case when state = 'queued' then 'The desk tried several times and could not send this. Send it again; if that fails too, tell who runs this desk.' end
      where workspace_id = ${input.workspaceId} and id = ${input.messageId} and state in ('queued', 'dispatching', 'unconfirmed')
      returning conversation_id as "conversationId", state`);
    const row = rows[0];
    if (!row) return;
    if (row.state === "unconfirmed") {
      await enqueue(tx.db, { queue: "resolve", key: input.messageId, payload: input, delayMs: LOOK_AGAIN_MS });
    } else await recordDeliveryEvent(tx, { ...input, type: "failure", code: "given_up" });
    await refreshConversations(tx.db, [{ workspaceId: input.workspaceId, id: row.conversationId }]);
    tx.record({
      workspaceId: input.workspaceId,
      type: "message.changed",
      conversationId: row.conversationId,
      messageId: input.messageId,
    });
  });
}
