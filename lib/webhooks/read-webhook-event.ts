import { sql } from "drizzle-orm";
import { AppError } from "../errors";
import { type Ctx, requireAdmin } from "../inbox/context";
import { type RenderedEvent, renderEvents, type StoredEvent } from "./render-events";

type EventRecord = StoredEvent & { integrationId: string; includeFullUser: boolean; includeFullSource: boolean };

/** An event as it would be told now: what was said in it is never kept. @throws AppError forbidden, not_found */
export async function readWebhookEvent(ctx: Ctx, input: { webhookId: string; number: number }): Promise<RenderedEvent> {
  const { workspaceId } = requireAdmin(ctx);
  const { rows } = await ctx.db.execute<EventRecord>(sql`
    select e.number, e.id, e.trigger, e.conversation_id as "conversationId", e.message_id as "messageId", e.contact_id as "contactId", e.control_id as "controlId", e.reason,
      e.created_at as "createdAt", w.integration_id as "integrationId", w.include_full_user as "includeFullUser", w.include_full_source as "includeFullSource"
    from webhook_event e join webhook w on w.workspace_id = e.workspace_id and w.id = e.webhook_id
    where e.workspace_id = ${workspaceId} and e.webhook_id = ${input.webhookId} and e.number = ${input.number}`);
  const [found] = rows;
  const [rendered] = found ? await renderEvents(ctx.db, { ...found, workspaceId }, [found]) : [];
  if (!rendered) throw new AppError("not_found", "This event is not kept any more: events are kept for 30 days.");
  return rendered;
}
