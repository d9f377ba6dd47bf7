import { sql } from "drizzle-orm";
import { type Ctx, requireAdmin, write } from "../inbox/context";

/** Ends a webhook, and its custom integration when nothing else belongs to that. @returns whether there was one @throws AppError forbidden */
export async function removeWebhook(ctx: Ctx, input: { webhookId: string }): Promise<boolean> {
  const { workspaceId } = requireAdmin(ctx);
  return write(ctx, async (tx) => {
    const { rows } = await tx.db.execute<{ integrationId: string }>(sql`
      delete from webhook where workspace_id = ${workspaceId} and id = ${input.webhookId} returning integration_id as "integrationId"`);
    const [removed] = rows;
    if (!removed) return false;
    await tx.db.execute(sql`
      delete from custom_integration i where i.workspace_id = ${workspaceId} and i.id = ${removed.integrationId}
        and not exists (select from webhook w where w.workspace_id = i.workspace_id and w.integration_id = i.id)
        and not exists (select from switchboard_integration s where s.workspace_id = i.workspace_id and s.integration_id = i.id)
        and not exists (select from api_key k where k.workspace_id = i.workspace_id and k.integration_id = i.id)`);
    return true;
  });
}
