import { sql } from "drizzle-orm";
import type { StoredMetadata } from "../db/tables/conversation";
import { isId } from "../ids";
import { type Ctx, requireInside, write } from "./context";
import type { ConversationDetails } from "./public-types";
import { readConversation } from "./read-conversation";

/** What integrators hang on a conversation; null removes, what is left out stays. */
export type ConversationUpdate = {
  displayName?: string | null | undefined;
  description?: string | null | undefined;
  iconUrl?: string | null | undefined;
  metadata?: StoredMetadata | null | undefined;
};

/** @throws AppError not_found */
export async function updateConversation(
  ctx: Ctx,
  input: ConversationUpdate & { conversationId: string },
): Promise<ConversationDetails> {
  const { workspaceId } = requireInside(ctx);
  const { conversationId } = input;
  return write(ctx, async (tx) => {
    // What is left out stays also where somebody else changes it at the same time.
    if (isId(conversationId))
      await tx.db.execute(sql`
        select 1 from conversation where workspace_id = ${workspaceId} and id = ${conversationId} for update`);
    const known = await readConversation(tx, input);
    const { displayName, description, iconUrl, metadata } = { ...known, ...given(input) };
    await tx.db.execute(sql`
      update conversation set display_name = ${displayName}, description = ${description}, icon_url = ${iconUrl},
        metadata = ${metadata && JSON.stringify(metadata)}::jsonb
      where workspace_id = ${workspaceId} and id = ${known.id}`);
    return readConversation(tx, input);
  });
}

function given(input: ConversationUpdate): Partial<ConversationDetails> {
  const { displayName, description, iconUrl, metadata } = input;
  return Object.fromEntries(
    Object.entries({ displayName, description, iconUrl, metadata }).filter(([, value]) => value !== undefined),
  );
}
