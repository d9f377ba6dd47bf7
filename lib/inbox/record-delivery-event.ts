import { sql } from "drizzle-orm";
import type { WriteCtx } from "./context";

/** `channel`: it is at Instagram, under `externalId`. `failure`: it was not sent, for the reason `code`. Both may follow each other. */
export type DeliveryFact = { workspaceId: string; messageId: string } & (
  | { type: "channel"; externalId: string }
  | { type: "failure"; code: string }
);

/** Keeps what became of a send for the public API to tell; of each kind the latest stands. */
export async function recordDeliveryEvent(tx: WriteCtx, fact: DeliveryFact): Promise<void> {
  await tx.db.execute(sql`
    insert into delivery_event (workspace_id, message_id, type, external_id, code, at)
    values (${fact.workspaceId}, ${fact.messageId}, ${fact.type}, ${fact.type === "channel" ? fact.externalId : null},
      ${fact.type === "failure" ? fact.code : null}, desk_now())
    on conflict (workspace_id, message_id, type) do update set external_id = excluded.external_id, code = excluded.code, at = excluded.at`);
  tx.record({ workspaceId: fact.workspaceId, type: `delivery.${fact.type}`, messageId: fact.messageId });
}
