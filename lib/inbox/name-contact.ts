import { sql } from "drizzle-orm";
import type { WriteCtx } from "./context";
import { searchWords } from "./search-words";

/** A contact whose name nobody has told yet is called by their @username. */
export async function nameContact(
  tx: WriteCtx,
  input: { workspaceId: string; channelId: string; contactExternalId: string; username: string | null },
): Promise<void> {
  if (!input.username) return;
  const { rows } = await tx.db.execute<{ conversationId: string }>(sql`
    with named as (
      update contact set username = ${input.username}, search = search || ${searchWords(input.username)}
      where workspace_id = ${input.workspaceId} and channel_id = ${input.channelId} and external_id = ${input.contactExternalId}
        and username is null returning id)
    update conversation c set version = c.version + 1 from named
    where c.workspace_id = ${input.workspaceId} and c.contact_id = named.id returning c.id as "conversationId"`);
  for (const { conversationId } of rows) {
    tx.record({ workspaceId: input.workspaceId, type: "contact.changed", conversationId });
    tx.record({ workspaceId: input.workspaceId, type: "profile.changed", conversationId });
  }
}
