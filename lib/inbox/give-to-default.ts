import { sql } from "drizzle-orm";
import type { Transaction } from "../db/connection";
import type { ReceivedMessage } from "./receive-messages";

/** What customers write in conversations that nobody at the switchboard holds goes to the default one, without an event of its own. */
export async function giveToDefault(db: Transaction, received: ReceivedMessage[]): Promise<void> {
  const unheld = received.filter(
    ({ item, conversation }) =>
      conversation.unheld && item.origin === "customer" && item.kind !== "event" && !item.readBack?.history,
  );
  if (unheld.length === 0) return;
  await db.execute(sql`
    update conversation c set holder_id = coalesce(
      (select i.id from switchboard_integration i where i.workspace_id = c.workspace_id and i.id = h.default_responder_id), s.default_id)
    from channel h, switchboard s
    where h.workspace_id = c.workspace_id and h.id = c.channel_id and s.workspace_id = c.workspace_id and s.enabled and c.holder_id is null
      and (c.workspace_id, c.id) in (select * from unnest(
        ${sql.param(unheld.map(({ item }) => item.workspaceId))}::uuid[], ${sql.param(unheld.map(({ conversation }) => conversation.id))}::uuid[]))`);
}
