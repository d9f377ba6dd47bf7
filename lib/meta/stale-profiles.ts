import { sql } from "drizzle-orm";
import type { WriteCtx } from "../inbox/context";
import type { ReceivedMessage } from "../inbox/receive-messages";
import type { NewJob } from "../queue/job";

/** Meta's picture addresses live a few days; a customer who writes is looked up again after one. */
const FRESH = "1 day";

/** Profiles are fetched beside: a job for each customer who wrote and is not known, or not lately. */
export async function staleProfiles(tx: WriteCtx, received: ReceivedMessage[]): Promise<NewJob[]> {
  const conversationIds = [
    ...new Set(received.filter(({ item }) => item.origin === "customer").map((row) => row.conversationId)),
  ];
  if (conversationIds.length === 0) return [];
  const { rows } = await tx.db.execute<{ workspaceId: string; contactId: string }>(sql`
    update contact p set profile_fetched_at = desk_now()
    from conversation c
    where c.id = any(${sql.param(conversationIds)}::uuid[]) and p.workspace_id = c.workspace_id and p.id = c.contact_id
      and (p.profile_fetched_at is null or p.profile_fetched_at < desk_now() - interval '${sql.raw(FRESH)}')
    returning p.workspace_id as "workspaceId", p.id as "contactId"`);
  return rows.map((row) => ({ queue: "profile", key: row.contactId, payload: row }));
}
