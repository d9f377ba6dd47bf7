import { sql } from "drizzle-orm";
import type { StoredMetadata } from "../db/tables/conversation";
import { type Ctx, requireInside } from "./context";
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
  const known = await readConversation(ctx, input);
  const { displayName, description, iconUrl, metadata } = { ...known, ...given(input) };
  await ctx.db.execute(sql`
    update conversation set display_name = ${displayName}, description = ${description}, icon_url = ${iconUrl},
      metadata = ${metadata && JSON.stringify(metadata)}::jsonb
    where workspace_id = ${workspaceId} and id = ${known.id}`);
  return readConversation(ctx, input);
}

function given(input: ConversationUpdate): Partial<ConversationDetails> {
  const { displayName, description, iconUrl, metadata } = input;
  return Object.fromEntries(
    Object.entries({ displayName, description, iconUrl, metadata }).filter(([, value]) => value !== undefined),
  );
}
