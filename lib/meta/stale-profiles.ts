import { sql } from "drizzle-orm";
import type { WriteCtx } from "../inbox/context";
import type { ReceivedMessage } from "../inbox/receive-messages";
import type { NewJob } from "../queue/job";
import { DAY, now } from "../time";

/** Meta's picture addresses live a few days; a customer who writes is looked up again after one. */
const FRESH_MS = DAY;

/** Profiles are fetched beside: a job for each customer who wrote and is not known, or not lately. */
export async function staleProfiles(tx: WriteCtx, received: ReceivedMessage[]): Promise<NewJob[]> {
  const freshSince = now() - FRESH_MS;
  const stale = new Map(
    received
      .filter(
        ({ item, conversation }) =>
          item.origin === "customer" && (conversation.profileFetchedAt?.getTime() ?? 0) <= freshSince,
      )
      .map(({ item, conversation }) => [conversation.contactId, item.workspaceId]),
  );
  if (stale.size === 0) return [];
  const { rows } = await tx.db.execute<{ workspaceId: string; contactId: string }>(sql`
    update contact p set profile_fetched_at = desk_now()
    from unnest(${sql.param([...stale.values()])}::uuid[], ${sql.param([...stale.keys()])}::uuid[]) as given(workspace_id, id)
    where p.workspace_id = given.workspace_id and p.id = given.id
    returning p.workspace_id as "workspaceId", p.id as "contactId"`);
  return rows.map((row) => ({ queue: "profile", key: row.contactId, payload: row }));
}
