import { sql } from "drizzle-orm";
import { type Ctx, type WriteCtx, write } from "./context";

type Place = { workspaceId: string; conversationId: string };

/** Instagram says that this person cannot be written to: they blocked the brand, or are gone. */
export async function noteBlocked(ctx: Ctx, place: Place): Promise<void> {
  await write(ctx, (tx) => setBlocked(tx, place, true));
}

/** They wrote, or something arrived. */
export async function noteUnblocked(tx: WriteCtx, place: Place): Promise<void> {
  await setBlocked(tx, place, false);
}

async function setBlocked(tx: WriteCtx, { workspaceId, conversationId }: Place, blocked: boolean): Promise<void> {
  const { rowCount } = await tx.db.execute(sql`
    update contact p set blocked_at = ${blocked ? sql`desk_now()` : null} from conversation c
    where c.workspace_id = ${workspaceId} and c.id = ${conversationId} and p.workspace_id = c.workspace_id and p.id = c.contact_id
      and (p.blocked_at is null) = ${blocked}`);
  if (rowCount) tx.record({ workspaceId, type: blocked ? "client.blocked" : "client.unblocked", conversationId });
}
